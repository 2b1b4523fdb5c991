"""Putting messages into the outbox, and marking what became of them."""

from app.notify.actions.forgetting import forget_messages as forget_messages
from app.notify.actions.forgetting import forget_messages_to as forget_messages_to
from app.notify.actions.queueing import cancel_messages as cancel_messages
from app.notify.actions.queueing import preference_code as preference_code
from app.notify.actions.queueing import queue_message as queue_message
from app.notify.actions.queueing import queue_messages as queue_messages
from app.notify.actions.sending import begin_try as begin_try
from app.notify.actions.sending import mark_delivered as mark_delivered
from app.notify.actions.sending import mark_sent_by_hand as mark_sent_by_hand
from app.notify.actions.sending import note_failed_try as note_failed_try
from app.notify.actions.sending import note_gone as note_gone
from app.notify.actions.sending import note_report as note_report
from app.notify.actions.sending import retry_message as retry_message
from app.notify.actions.sending import retry_messages as retry_messages
from app.notify.actions.ways import configure as configure
from app.notify.actions.ways import reaches as reaches
from app.notify.actions.ways import sends_push as sends_push
from app.notify.actions.ways import sends_whatsapp as sends_whatsapp
from app.notify.actions.wishes import set_preference as set_preference

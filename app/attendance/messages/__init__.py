"""What attendance says to people."""

from app.attendance.messages.letters import circle_of_registered as circle_of_registered
from app.attendance.messages.letters import news_to_registered as news_to_registered
from app.attendance.messages.letters import number_used_again as number_used_again
from app.attendance.messages.letters import place_of as place_of
from app.attendance.messages.letters import seat_given as seat_given
from app.attendance.messages.letters import seat_lapsed as seat_lapsed
from app.attendance.messages.letters import span_of as span_of
from app.attendance.messages.letters import thanks as thanks
from app.attendance.messages.letters import ticket_address as ticket_address
from app.attendance.messages.letters import ticket_handed_over as ticket_handed_over
from app.attendance.messages.letters import ticket_sent as ticket_sent
from app.attendance.messages.letters import ticket_text as ticket_text
from app.attendance.messages.papers import SPARE_LINES as SPARE_LINES
from app.attendance.messages.papers import list_paper as list_paper
from app.attendance.messages.words import CONSENT as CONSENT
from app.attendance.messages.words import DEEDS as DEEDS
from app.attendance.messages.words import LABELS as LABELS
from app.attendance.messages.words import REFUSALS as REFUSALS

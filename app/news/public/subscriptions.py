"""`/langganan`: follow the news by e-mail."""

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import clock
from app.news.actions import ask_subscription, change_subscription, confirm_subscription, end_subscription
from app.news.details import Topic
from app.news.forms import FollowForm, SubscriptionForm
from app.news.models import Subscription
from app.news.public.room import blueprint
from app.news.queries import find_subscription
from app.regions.queries import districts
from app.web.pages import absolute, label


@blueprint.get("/langganan")
def follow() -> ResponseReturnValue:
    """What can be followed; without a mail server it says so and names the feeds."""
    return _ask_page(FollowForm(formdata=None))


@blueprint.post("/langganan")
def ask_follow() -> ResponseReturnValue:
    """Send the mail by which the owner of the address says yes. The answer is the same for every address."""
    if not current_app.config["SMTP_HOST"]:
        abort(404)
    form = FollowForm()
    _offer(form)
    if not form.validate_on_submit():
        return _ask_page(form), 422
    ask_subscription(
        form.email.data.strip(),
        form.details(),
        address_of=subscription_address,
        now=clock.now(),
        from_address=request.remote_addr or "",
    )
    return redirect(url_for("news.follow_asked"), 303)


@blueprint.get("/langganan/periksa-surat")
def follow_asked() -> ResponseReturnValue:
    """What to do next."""
    return render_template("news/follow_asked.html")


@blueprint.get("/langganan/<code>")
def subscription(code: str) -> ResponseReturnValue:
    """One's own subscription. Looking at it changes nothing: mail programs open links by themselves."""
    row = _find(code)
    form = SubscriptionForm(
        formdata=None,
        data={
            "topics": row.topics,
            "districts": row.districts,
            "digest": "harian" if row.digest else "segera",
        },
    )
    return _own_page(row, form)


@blueprint.post("/langganan/<code>")
def update_subscription(code: str) -> ResponseReturnValue:
    """Change what is followed."""
    row = _find(code)
    form = SubscriptionForm()
    _offer(form)
    if not form.validate_on_submit():
        return _own_page(row, form, status=422)
    change_subscription(row, form.details(), now=clock.now())
    return redirect(url_for("news.subscription", code=code), 303)


@blueprint.post("/langganan/<code>/setuju")
def agree(code: str) -> ResponseReturnValue:
    """Say yes."""
    confirm_subscription(_find(code), now=clock.now())
    return redirect(url_for("news.subscription", code=code), 303)


@blueprint.post("/langganan/<code>/berhenti")
def stop(code: str) -> ResponseReturnValue:
    """End it in one tap; pressing twice does no harm."""
    row = find_subscription(code)
    if row is not None:
        end_subscription(row)
    return redirect(url_for("news.follow_ended"), 303)


@blueprint.get("/langganan/berhenti")
def follow_ended() -> ResponseReturnValue:
    """It has ended."""
    return render_template("news/follow_ended.html")


def subscription_address(code: str) -> str:
    """Where somebody sees and ends their own subscription."""
    return absolute(url_for("news.subscription", code=code))


def _find(code: str) -> Subscription:
    row = find_subscription(code)
    if row is None:
        abort(404)
    return row


def _offer(form: SubscriptionForm) -> None:
    form.topics.choices = [(topic.value, label(topic)) for topic in Topic]
    form.districts.choices = [(region.code, region.name) for region in districts()]


def _ask_page(form: FollowForm) -> str:
    _offer(form)
    return render_template("news/follow.html", form=form, mail=bool(current_app.config["SMTP_HOST"]))


def _own_page(row: Subscription, form: SubscriptionForm, *, status: int = 200) -> Response:
    _offer(form)
    response = make_response(render_template("news/subscription.html", row=row, form=form), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

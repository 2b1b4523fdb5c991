"""`/langganan`: follow the news by e-mail or on this device."""

from flask import (
    Response,
    abort,
    current_app,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from app.core import clock, crypto
from app.news.actions import (
    ask_subscription,
    change_subscription,
    confirm_subscription,
    end_subscription,
    follow_on_device,
)
from app.news.details import Topic
from app.news.forms import FollowForm, FollowOnDeviceForm, SubscriptionForm
from app.news.models import Subscription
from app.news.public.room import blueprint
from app.news.queries import find_subscription
from app.notify.actions import sends_push
from app.regions.queries import districts
from app.web.pages import absolute, label


@blueprint.get("/langganan")
def follow() -> ResponseReturnValue:
    """What can be followed; where there is no way out it says so and names the feeds."""
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


@blueprint.post("/langganan/perangkat")
def take_device() -> ResponseReturnValue:
    """What the script of the page sends once the browser has agreed; answers with the reader's own address."""
    if not sends_push():
        abort(404)
    form = FollowOnDeviceForm(services=str(current_app.config["PUSH_SERVICES"]).split())
    _offer(form)
    if not form.validate_on_submit():
        return jsonify(errors=form.errors), 422
    address = request.remote_addr or ""
    code = follow_on_device(form.browser(), form.details(), now=clock.now(), from_address=address)
    if code is None:
        abort(429)
    answer = jsonify(address=url_for("news.subscription", code=code))
    answer.headers["Cache-Control"] = "no-store"
    return answer


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


@blueprint.get("/langganan/<code>/berhenti")
def leave(code: str) -> ResponseReturnValue:
    """For who follows a mail program's link by hand: the page with the button; nothing changes by looking."""
    return redirect(url_for("news.subscription", code=code), 303)


@blueprint.post("/langganan/<code>/berhenti")
def stop(code: str) -> ResponseReturnValue:
    """End it in one tap, or by the mail program's own button (RFC 8058); pressing twice does no harm."""
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
    push_key = crypto.push_public_key() if sends_push() else None
    mail = bool(current_app.config["SMTP_HOST"])
    return render_template("news/follow.html", form=form, mail=mail, push_key=push_key)


def _own_page(row: Subscription, form: SubscriptionForm, *, status: int = 200) -> Response:
    _offer(form)
    response = make_response(render_template("news/subscription.html", row=row, form=form), status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = (
        "same-origin"  # with none at all a browser hides whose form it sends
    )
    return response

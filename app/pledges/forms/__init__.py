"""Forms of pledges, for staff and for the public, by subject."""

from app.pledges.forms.declarations import CeremonyPhotoForm, FollowUpForm, PledgeForm
from app.pledges.forms.desk import ConfirmForm, InstitutionForm, ReadingForm, RunForm, SheetForm, StrikeForm
from app.pledges.forms.fields import choices, district_choices
from app.pledges.forms.settings import PlainForm, WitnessForm, WordsForm
from app.pledges.forms.signing import CodeForm, CosignatureForm, SigningForm

__all__ = [
    "CeremonyPhotoForm",
    "CodeForm",
    "ConfirmForm",
    "CosignatureForm",
    "FollowUpForm",
    "InstitutionForm",
    "PlainForm",
    "PledgeForm",
    "ReadingForm",
    "RunForm",
    "SheetForm",
    "SigningForm",
    "StrikeForm",
    "WitnessForm",
    "WordsForm",
    "choices",
    "district_choices",
]

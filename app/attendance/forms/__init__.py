"""The forms of attendance, and the lines that a desk's phone sends."""

from app.attendance.forms.desk_wire import read_lines
from app.attendance.forms.staff import (
    AnswerForm,
    CodeForm,
    CountForm,
    DeskLinkForm,
    HoldForm,
    ReasonForm,
    SeatsForm,
    SessionSeatsForm,
    StaffGroupForm,
    WalkInForm,
)
from app.attendance.forms.visitors import (
    CorrectForm,
    CorrectGroupForm,
    DataRequestForm,
    GroupForm,
    HandOverForm,
    OpenDataRequestForm,
    PartyForm,
    RegisterForm,
    SplitForm,
    district_choices,
    session_choices,
)

__all__ = [
    "AnswerForm",
    "CodeForm",
    "CorrectForm",
    "CorrectGroupForm",
    "CountForm",
    "DataRequestForm",
    "DeskLinkForm",
    "GroupForm",
    "HandOverForm",
    "HoldForm",
    "OpenDataRequestForm",
    "PartyForm",
    "ReasonForm",
    "RegisterForm",
    "SeatsForm",
    "SessionSeatsForm",
    "SplitForm",
    "StaffGroupForm",
    "WalkInForm",
    "district_choices",
    "read_lines",
    "session_choices",
]

"""One function for each thing a test needs. Plans come to a status by real steps."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from dataclasses import replace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.text import slugify

from actionplans import workflow
from actionplans.blockers import Details
from actionplans.copies import new_line
from actionplans.models import (
    Bottleneck,
    Check,
    Committee,
    Consultation,
    ConsultationComment,
    Correction,
    Decision,
    Document,
    Erratum,
    Escalation,
    Evidence,
    FilledWorkbook,
    Indicator,
    Intake,
    Intervention,
    Line,
    Meeting,
    Milestone,
    Plan,
    PlanProduct,
    PlanSection,
    Report,
    ReturnReason,
    SeatKind,
    SectionCode,
    Target,
)
from actionplans.progress import Direction, Frequency, Kind
from districts.models import (
    Agency,
    District,
    DistrictProduct,
    Jurisdiction,
    Product,
    RegionalAuthority,
    State,
)
from portal.accounts.models import Appointment, User
from portal.periods import Quarter, financial_year_of
from portal.terms import NATIONAL, Action, Asked, Role, Rung, Status

_serial = itertools.count(1)
PASSWORD = "a long enough password"
# The steps that lead to each status, with the role that takes them.
WALK = {
    Status.DRAFT: [],
    Status.UNDER_ASSESSMENT: [(Action.SUBMIT, Role.CONVENER)],
    Status.ASSESSED: [(Action.ASSESS, Role.RA_OFFICER)],
    Status.RECORDED: [(Action.RECORD_ADOPTION, Role.CONVENER)],
    Status.ADOPTED: [(Action.ADOPT, Role.CHAIR)],
    Status.PUBLISHED: [(Action.PUBLISH, Role.RA_OFFICER)],
    Status.UNSTRUCTURED: [],
    Status.TRANSCRIBED: [(Action.HAND_IN, Role.CONVENER)],
    Status.SUPERSEDED: [],
    Status.ANNULLED: [(Action.ANNUL, Role.HQ_OFFICER)],
    Status.DISCARDED: [(Action.DISCARD, Role.CONVENER)],
}
BEFORE = {
    Status.UNDER_ASSESSMENT: Status.DRAFT,
    Status.ASSESSED: Status.UNDER_ASSESSMENT,
    Status.RECORDED: Status.ASSESSED,
    Status.ADOPTED: Status.ASSESSED,
    Status.PUBLISHED: Status.ADOPTED,
    Status.TRANSCRIBED: Status.UNSTRUCTURED,
    Status.ANNULLED: Status.PUBLISHED,
    Status.DISCARDED: Status.DRAFT,
}


def serial() -> int:
    return next(_serial)


def state(name: str = "", **values: Any) -> State:
    number = serial()
    name = name or f"State {number}"
    return State.objects.create(
        **{
            "lgd_code": 1000 + number,
            "name": name,
            "name_hi": f"राज्य {number}",
            "slug": slugify(name),
            "iso_code": f"X{number}",
            "kind": "state",
            "latitude": 20.0,
            "longitude": 78.0,
            **values,
        }
    )


def regional_authority(name: str = "", **values: Any) -> RegionalAuthority:
    name = name or f"Office {serial()}"
    defaults = {"slug": slugify(name), "city": name, "state": None, **values}
    defaults["state"] = defaults["state"] or state()
    return RegionalAuthority.objects.create(name=name, **defaults)


def district(name: str = "", *, ra: Any = "new", **values: Any) -> District:
    """A living district under a Regional Authority of its own, or under none."""
    number = serial()
    name = name or f"District {number}"
    values.setdefault("state", None)
    values["state"] = values["state"] or state()
    made = District.objects.create(
        name=name,
        slug=slugify(name),
        **{"name_hi": f"जिला {number}", "column": number, "row": 0, **values},
    )
    if ra == "new":
        ra = regional_authority(state=made.state)
    if ra:
        Jurisdiction.objects.create(ra=ra, district=made)
    return made


def user(name: str = "", **values: Any) -> User:
    number = serial()
    made = User(
        email=f"official{number}@portal.example",
        name=name or f"Official {number}",
        is_demonstration=True,
        **values,
    )
    made.set_unusable_password()
    made.save()
    return made


def appointment(
    holder: User, role: Role, place: Any = None, **values: Any
) -> Appointment:
    """`place` may be a district, whose State or Regional Authority the role finds."""
    where: dict[str, Any] = {}
    if role == Role.STATE_OFFICER:
        where["state"] = place.state if isinstance(place, District) else place
    elif role == Role.RA_OFFICER:
        is_district = isinstance(place, District)
        where["ra"] = place.regional_authority() if is_district else place
    elif role not in NATIONAL:
        where["district"] = place
    values.setdefault("since", dt.date(2020, 1, 1))
    return Appointment.objects.create(user=holder, role=role, **where, **values)


def official(role: Role, place: Any = None, **values: Any) -> User:
    """Somebody who holds this role over the place today."""
    holder = user()
    appointment(holder, role, place, **values)
    return holder


def holder_of(role: Role, place: District) -> User:
    """Whoever holds the role over the district already, else somebody new."""
    found = Appointment.objects.holding([role], place).first()
    if role in NATIONAL:
        found = Appointment.objects.current().filter(role=role).first()
    if role == Role.STATE_OFFICER:
        rows = Appointment.objects.current().filter(role=role, state=place.state)
        found = rows.first()
    return User.objects.get(pk=found.user_id) if found else official(role, place)


def agency(name: str = "") -> Agency:
    return Agency.objects.get_or_create(name=name or "District Industries Centre")[0]


def product(name: str = "", **values: Any) -> Product:
    name = name or f"Product {serial()}"
    defaults = {"kind": "goods", "sector": "handicraft", "slug": slugify(name)}
    return Product.objects.create(name=name, **{**defaults, **values})


def district_product(
    place: District, thing: Product | None = None, **values: Any
) -> DistrictProduct:
    return DistrictProduct.objects.create(
        district=place,
        product=thing or product(),
        **{"since": dt.date(2025, 7, 7), **values},
    )


def indicator(kind: str = Kind.STOCK, **values: Any) -> Indicator:
    number = serial()
    defaults = {
        "slug": f"indicator-{number}",
        "name": f"Indicator {number}",
        "unit": "units",
        "direction": Direction.UP,
        "frequency": Frequency.QUARTER,
    }
    return Indicator.objects.create(kind=kind, **{**defaults, **values})


def committee(place: District, **values: Any) -> Committee:
    """A committee whose thirteen seats are all held."""
    made = Committee.objects.create(
        district=place, **{"constituted_on": dt.date(2020, 2, 22), **values}
    )
    for number in SeatKind:
        made.seats.create(number=number, office=f"Office of seat {int(number)}")
    return made


def document(place: District, by: User | None = None) -> Document:
    officer = by or holder_of(Role.CONVENER, place)
    content = f"%PDF-1.4 minutes {serial()}".encode()
    return Document.objects.create(
        district=place,
        kind=Document.Kind.MINUTES,
        title="Minutes",
        file=ContentFile(content, name="minutes.pdf"),
        content_type="application/pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=officer.current_appointments[0],
    )


def meeting(place: District, *, quorum: bool = True, **values: Any) -> Meeting:
    """A meeting held today; with quorum, every seat but the last was present."""
    board = Committee.objects.filter(district=place).first() or committee(place)
    number = board.meetings.count() + 1
    made = board.meetings.create(
        number=number,
        **{"held_on": timezone.localdate(), "mode": Meeting.Mode.HYBRID, **values},
    )
    for seat in board.seats.all():
        present = quorum and seat.number != SeatKind.OTHER
        made.attendance.create(seat=seat, is_present=present)
    return made


def adoption(plan: Plan, **values: Any) -> Decision:
    """The decision of a meeting with quorum, with minutes, to adopt the plan."""
    values.setdefault("minutes", None)
    values["minutes"] = values["minutes"] or document(plan.district)
    held = meeting(plan.district, **values)
    return held.decisions.create(
        number=1, kind=Decision.Kind.ADOPTION, plan=plan, text="The plan is adopted."
    )


def draft(place: District | None = None, **values: Any) -> Plan:
    """An empty draft that its convener started."""
    place = place or district()
    year = financial_year_of(timezone.localdate())
    years = values.pop("years", (year, year + 4))
    starter = values.pop("by", None) or holder_of(Role.CONVENER, place)
    return workflow.start(place, by=starter, years=years, **values)


def recorded(place: District | None = None) -> Plan:
    """An old plan, adopted last year, of which there is no more than the document."""
    place = place or district()
    officer = holder_of(Role.RA_OFFICER, place)
    today = timezone.localdate()
    year = financial_year_of(today)
    adopted = Details(
        effective_on=today - dt.timedelta(days=365), order_number="12/2025"
    )
    return workflow.record(
        document(place, officer),
        by=officer,
        years=(year - 1, year + 3),
        adopted=adopted,
    )


def intake(place: District, by: User | None = None, **values: Any) -> Intake:
    """Files that were handed in for the State of the district, and not recorded."""
    officer = by or holder_of(Role.RA_OFFICER, place)
    return Intake.objects.create(
        state=place.state,
        sheet=ContentFile(
            b"District,Adopted on,First year,Last year,File name\nX,,,,x.pdf\n",
            name="sheet.csv",
        ),
        files=ContentFile(b"PK", name="plans.zip"),
        uploaded_by=officer.current_appointments[0],
        **{"found": {"files": {}, "others": []}, **values},
    )


def target(plan: Plan, of: PlanProduct | None = None, **values: Any) -> Target:
    measure = values.pop("indicator", None) or indicator()
    first = plan.first_day
    return plan.targets.create(
        line=new_line(plan, Target),
        indicator=measure,
        kind=measure.kind,
        direction=measure.direction,
        frequency=measure.frequency,
        plan_product=of,
        **{
            "baseline": 10_00,
            "baseline_on": first - dt.timedelta(days=1),
            "baseline_source": "Survey of the District Industries Centre",
            "goal": 50_00,
            "due_on": first + dt.timedelta(days=364),
            "owner": agency(),
            "verification": "Register of the District Industries Centre",
            "explanation": "A testing laboratory opens in the first year.",
            **values,
        },
    )


def intervention(
    plan: Plan, of: PlanProduct | None = None, **values: Any
) -> Intervention:
    return plan.interventions.create(
        line=new_line(plan, Intervention),
        plan_product=of,
        **{
            "action": f"Build testing laboratory {serial()}",
            "lead": agency(),
            "start_on": plan.first_day,
            "due_on": plan.first_day + dt.timedelta(days=300),
            "budget": 85_00_000,
            **values,
        },
    )


def complete(plan: Plan) -> Plan:
    """The plan with all that the gate asks for, on two products."""
    for code in SectionCode:
        PlanSection.objects.create(plan=plan, code=code, body="Plain words. " * 10)
    for order in (1, 2):
        place = district_product(plan.district)
        chosen = plan.products.create(
            line=new_line(plan, PlanProduct), product=place.product, order=order
        )
        target(plan, chosen)
        longer = target(plan, chosen, due_on=plan.last_day)
        years = range(plan.year_from, plan.year_to)
        Milestone.objects.bulk_create(
            Milestone(target=longer, due_on=dt.date(year + 1, 3, 31), value=20_00)
            for year in years
        )
        plan.bottlenecks.create(
            line=new_line(plan, Bottleneck),
            plan_product=chosen,
            category=Bottleneck.Category.STANDARDS,
            severity=Bottleneck.Severity.HIGH,
            text="Samples travel eleven days to be tested.",
        )
        intervention(plan, chosen)
    return plan


def details(plan: Plan, action: Action) -> Details:
    """What a reasonable official says with the step."""
    decided = action in (Action.ADOPT, Action.RECORD_ADOPTION)
    return Details(
        note="Because the committee asked for it.",
        reason_codes=[ReturnReason.BASELINE] if action == Action.RETURN else [],
        checklist=dict.fromkeys(Check.values, True),
        order_number="88/2026" if action == Action.NOTIFY else "",
        decision=adoption(plan) if decided else None,
        opens_on=timezone.localdate(),
        closes_on=timezone.localdate() + dt.timedelta(days=30),
    )


def step(plan: Plan, action: Action, by: User | None = None, **said: Any) -> Plan:
    """The plan after somebody entitled took the step."""
    steps = dict(itertools.chain(*WALK.values()))
    person = by or holder_of(steps[action], plan.district)
    words = details(plan, action)
    for name, value in said.items():
        object.__setattr__(words, name, value)
    workflow.take(plan, action, by=person, details=words)
    return plan


def plan(status: Status = Status.DRAFT, place: District | None = None) -> Plan:
    """A complete plan of a district, brought to the status by real steps."""
    if status == Status.SUPERSEDED:
        old = plan(Status.PUBLISHED, place)
        following = draft(old.district, like=old)
        for action, _role in itertools.chain(
            WALK[Status.UNDER_ASSESSMENT],
            WALK[Status.ASSESSED],
            WALK[Status.ADOPTED],
            WALK[Status.PUBLISHED],
        ):
            step(following, action)
        old.refresh_from_db()
        return old
    path = [status]
    while path[-1] in BEFORE:
        path.append(BEFORE[path[-1]])
    begin = recorded if Status.UNSTRUCTURED in path else draft
    made = complete(begin(place))
    for passed in reversed(path):
        for action, _role in WALK[passed]:
            step(made, action)
    return made


def consultation(plan: Plan, **said: Any) -> Consultation:
    """One that opens today, for thirty-one days, unless it is said otherwise."""
    person = holder_of(Role.CONVENER, plan.district)
    words = replace(details(plan, Action.CONSULT), **said)
    workflow.take(plan, Action.CONSULT, by=person, details=words)
    return plan.consultations.latest("pk")


def comment(on: Consultation, **values: Any) -> ConsultationComment:
    """Somebody's comment, which waits to be read."""
    return on.comments.create(
        **{
            "section": SectionCode.BOTTLENECKS,
            "standing": ConsultationComment.Standing.EXPORTER,
            "text": f"The road floods every July, comment {serial()}.",
            **values,
        }
    )


def correction(plan: Plan) -> Correction:
    """Another order number for the first step, which waits for another office."""
    event = plan.events.select_related("appointment").earliest("pk")
    return Correction.objects.create(
        event=event,
        district=plan.district,
        effective_on=event.effective_on,
        order_number="12/2026",
        reason="It was left out.",
        recorded_by=event.appointment,
    )


def erratum(plan: Plan, **values: Any) -> Erratum:
    """Another word for the first section of a complete plan, to be confirmed."""
    convener = holder_of(Role.CONVENER, plan.district)
    words = {"section": 1, "wrong": "Plain words", "right": "Clear words"}
    return Erratum.objects.create(
        plan=plan,
        district=plan.district,
        reason="A slip of the pen.",
        recorded_by=convener.current_appointments[0],
        **{**words, **values},
    )


def everybody(place: District) -> list[User]:
    """One official for each role over the district."""
    return [official(role, place) for role in Role]


def last_due() -> Quarter:
    return Quarter.last_due(timezone.localdate())


def escalation(plan: Plan, **values: Any) -> Escalation:
    """The first bottleneck of the plan, put to the committee of its district."""
    officer = holder_of(Role.RA_OFFICER, plan.district)
    bottleneck = plan.bottlenecks.first()
    assert bottleneck
    return Escalation.objects.create(
        district=plan.district,
        appointment=officer.current_appointments[0],
        **{
            "line": bottleneck.line,
            "number": 1,
            "status": Asked.OF_DEPC,
            "rung": Rung.DEPC,
            "text": "Please find a laboratory for samples.",
            "answer_by": timezone.localdate() + dt.timedelta(days=15),
            **values,
        },
    )


def evidence(report: Report, line: Line, **values: Any) -> Evidence:
    """A file behind what the report says of one line."""
    officer = holder_of(Role.RA_OFFICER, report.district)
    content = f"%PDF-1.4 evidence {serial()}".encode()
    return Evidence.objects.create(
        report=report,
        line=line,
        file=ContentFile(content, name="evidence.pdf"),
        uploaded_by=officer.current_appointments[0],
        **{
            "title": "Page of the register",
            "content_type": "application/pdf",
            "size": len(content),
            "sha256": hashlib.sha256(content).hexdigest(),
            **values,
        },
    )


def filled_workbook(by: User) -> FilledWorkbook:
    """A workbook that somebody handed in for the last quarter; nobody can open it."""
    return FilledWorkbook.objects.create(
        user=by,
        quarter=last_due().code,
        file=ContentFile(b"PK", name="workbook.xlsx"),
    )

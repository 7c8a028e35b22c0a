"""What stands on the workshop's stands: questions that several routes ask."""
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from workshop.models import Bike, Job


def label(job: Job) -> str:
    return f"{job.title}: {job.bike.frame}"


def labels(session: Session) -> list[str]:
    # Slow on purpose: `label` reads the bike of each job.
    return [label(job) for job in session.scalars(select(Job))]


def labels_joined(session: Session) -> list[str]:
    return [label(job) for job in session.scalars(select(Job).options(joinedload(Job.bike)))]


def bike_of(session: Session, bike_id: int) -> Bike | None:
    return session.scalars(select(Bike).where(Bike.id == bike_id)).first()

from fastapi import APIRouter, Depends
from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from workshop import bench
from workshop.database import get_session
from workshop.models import Job, Part
from workshop.schemas import JobOut

router = APIRouter(prefix="/jobs")


@router.get("/labels")
def labels(session: Session = Depends(get_session)):
    return bench.labels(session)


@router.get("/labels/joined")
def labels_joined(session: Session = Depends(get_session)):
    return bench.labels_joined(session)


@router.get("/full", response_model=list[JobOut])
def full(session: Session = Depends(get_session)):
    # Slow on purpose: the response model reads the parts of each job.
    return session.scalars(select(Job)).all()


@router.get("/full/loaded", response_model=list[JobOut])
def full_loaded(session: Session = Depends(get_session)):
    return session.scalars(select(Job).options(selectinload(Job.parts))).all()


@router.get("/open")
def open_number(session: Session = Depends(get_session)):
    # Slow on purpose: reads every row to know how many there are.
    return {"open": len(session.scalars(select(Job).where(Job.done.is_(False))).all())}


@router.get("/open/counted")
def open_number_counted(session: Session = Depends(get_session)):
    return {"open": session.scalar(select(func.count()).select_from(Job).where(Job.done.is_(False)))}


@router.get("/parts")
def part_numbers(session: Session = Depends(get_session)):
    # Slow on purpose: one count for each job.
    numbers = {}
    for job in session.scalars(select(Job)).all():
        numbers[job.id] = session.scalar(select(func.count()).select_from(Part).where(Part.job_id == job.id))
    return numbers


@router.get("/parts/grouped")
def part_numbers_grouped(session: Session = Depends(get_session)):
    rows = session.execute(select(Part.job_id, func.count()).group_by(Part.job_id)).all()
    return {job_id: number for job_id, number in rows}


@router.post("/finish")
def finish(ids: list[int], session: Session = Depends(get_session)):
    # Slow on purpose: reads, writes and commits each job for itself.
    for job_id in ids:
        job = session.scalars(select(Job).where(Job.id == job_id)).one()
        job.done = True
        session.commit()
    return {"finished": len(ids)}


@router.post("/finish/at-once")
def finish_at_once(ids: list[int], session: Session = Depends(get_session)):
    finished = session.query(Job).filter(Job.id.in_(ids)).update({"done": True})
    session.commit()
    return {"finished": finished}


@router.get("/{job_id}")
def detail(job_id: int, session: Session = Depends(get_session)):
    job = session.get(Job, job_id)
    return {"title": job.title, "bike": job.bike.frame, "parts": [part.name for part in job.parts]}

from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from workshop import bench
from workshop.database import get_session
from workshop.models import Bike, Customer

router = APIRouter(prefix="/bikes")


@router.get("/owners")
def owners(session: Session = Depends(get_session)):
    # Slow on purpose: the customer of each bike.
    bikes = session.query(Bike).all()
    return [{"frame": bike.frame, "owner": bike.customer.name} for bike in bikes]


@router.get("/owners/joined")
def owners_joined(session: Session = Depends(get_session)):
    bikes = session.query(Bike).options(joinedload(Bike.customer)).all()
    return [{"frame": bike.frame, "owner": bike.customer.name} for bike in bikes]


@router.get("/garages")
def garages(session: Session = Depends(get_session)):
    # Slow on purpose: the bikes of each customer.
    return {customer.name: [bike.frame for bike in customer.bikes] for customer in session.scalars(select(Customer))}


@router.get("/garages/loaded")
def garages_loaded(session: Session = Depends(get_session)):
    customers = session.scalars(select(Customer).options(selectinload(Customer.bikes)))
    return {customer.name: [bike.frame for bike in customer.bikes] for customer in customers}


@router.post("/find")
def find(ids: list[int], session: Session = Depends(get_session)):
    # Slow on purpose: one query for each number, in another file.
    return [bike.frame for bike in (bench.bike_of(session, bike_id) for bike_id in ids) if bike is not None]


@router.post("/find/at-once")
def find_at_once(ids: list[int], session: Session = Depends(get_session)):
    return [bike.frame for bike in session.scalars(select(Bike).where(Bike.id.in_(ids)))]

"""Fills the empty tables: so many customers, each with a bike, a job and a part."""
import sys

from workshop.database import Base, SessionLocal, engine
from workshop.models import Bike, Customer, Job, Part


def seed(size: int) -> None:
    Base.metadata.create_all(engine)
    with SessionLocal() as session:
        for i in range(size):
            customer = Customer(name=f"Customer {i}")
            bike = Bike(frame=f"Frame {i}", customer=customer)
            job = Job(title=f"Job {i}", bike=bike)
            session.add_all([customer, bike, job, Part(name=f"Part {i}", job=job)])
        session.commit()


if __name__ == "__main__":
    seed(int(sys.argv[1]) if len(sys.argv) > 1 else 30)

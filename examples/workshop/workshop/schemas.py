from pydantic import BaseModel, ConfigDict


class PartOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    name: str


class JobOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    title: str
    parts: list[PartOut]

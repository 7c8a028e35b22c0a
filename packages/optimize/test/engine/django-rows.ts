/** Functions over the models of a small library, and the reads that their loops must be seen to do. */
import { analyzeSources } from "../../src/engine/analyze.ts";

export const models = `
from django.db import models

class Country(models.Model):
    name = models.CharField(max_length=10)

class Profile(models.Model):
    bio = models.TextField()
    country = models.ForeignKey(Country, on_delete=models.CASCADE, related_name="+")

class Author(models.Model):
    name = models.CharField(max_length=10)
    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="author")

    def label(self):
        return self.profile.bio

    @property
    def text(self):
        return self.profile.bio

class Tag(models.Model):
    name = models.CharField(max_length=10)

class Book(models.Model):
    title = models.CharField(max_length=10)
    author = models.ForeignKey("Author", on_delete=models.CASCADE, related_name="books")
    tags = models.ManyToManyField("library.Tag")

class Copy(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)
    place = models.CharField(max_length=3)
`;

/** What a function's loops read once for each element: relations by their path, other queries by method and table. */
export async function reads(body: string, more = ""): Promise<string[]> {
  const code = `from library.models import *\nfrom django.db.models import Prefetch\n\n${body}`;
  const sources = [
    { file: "library/__init__.py", text: "" },
    { file: "library/models.py", text: models + more },
    { file: "library/work.py", text: code },
  ];
  const { project, failures } = await analyzeSources(sources);
  if (failures.length > 0) throw new Error(failures.map((one) => one.message).join());
  const found = project.looped
    .filter((one) => one.operation.kind.startsWith("db-") && one.relation === "element")
    .map(({ operation }) => operation.relationPath ?? `${operation.method} ${operation.table ?? "-"}`);
  return [...new Set(found)].sort();
}

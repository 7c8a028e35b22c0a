import { fixtures } from "../fixture.ts";

export default fixtures({
  "reads where something unknown is given the text of a statement": `
def read(connection, keys):
    cursor = connection.cursor()
    cursor.execute("SELECT id, title FROM books WHERE shelf = %s", (1,)) #> db-read books list blocking
    for key in keys:
        connection.execute(f"SELECT title FROM books WHERE id = {key}") #> db-read books list blocking
    return cursor.fetchall()
`,
  "reads and writes that are awaited": `
async def change(database, pool, rows):
    one = await database.fetch_one(query="SELECT id FROM books WHERE id = 1") #> db-read books
    many = await pool.fetch("SELECT id FROM books") #> db-read books list
    await database.execute("UPDATE books SET title = 'x' WHERE id = 1") #> db-write books
    await pool.executemany("INSERT INTO books (title) VALUES ($1)", rows) #> db-write books bulk
    return one, many
`,
  "nothing for a text that is no statement on rows, nor for another call": `
def run(shell, executor, page):
    shell.execute("restart")
    shell.execute("CREATE TABLE books (id int)")
    executor.submit("SELECT 1 FROM books")
    page.query("select")
`,
  "nothing without a proven receiver": `
class Menu:
    def execute(self, text):
        return text

def run(text):
    return Menu().execute("SELECT a dish FROM the menu")
`,
});

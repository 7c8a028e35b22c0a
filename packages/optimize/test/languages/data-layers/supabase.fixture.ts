import { fixtures } from "../fixture.ts";

const client = `import { createClient } from "@supabase/supabase-js";\nconst supabase = createClient("url", "key");\n`;

export default fixtures({
  "reads one and many": `${client}
export async function read(id: number) {
  const { data } = await supabase.from("users").select("*").eq("team", id); //> db-read users list
  await supabase.from("users").select("*").eq("id", id).single(); //> db-read users
  return data;
}`,
  "writes one row and many": `${client}
export async function write(rows: object[]) {
  await supabase.from("users").insert({ name: "a" }); //> db-write users
  await supabase.from("users").insert(rows); //> db-write users bulk
  await supabase.from("users").update({}).eq("id", 1); //> db-write users bulk
}`,
  "nothing while a query is only built": `${client}
export function pending() {
  const query = supabase.from("users").select("*");
  query.eq("id", 1);
}`,
  "nothing without a proven receiver": `
const supabase = { from: (name: string) => ({ select: async () => name }) };
export const read = async () => await supabase.from("users").select();`,
});

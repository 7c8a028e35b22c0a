export * from "./invoices.js";
export * from "./restock.js";
export { startTimetable } from "./timetable.js";

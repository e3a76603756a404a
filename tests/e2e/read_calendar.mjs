// SPDX-License-Identifier: Apache-2.0
// node read_calendar.mjs FILE: reads an invitation with ical.js, which knows nothing of the studio's own writer, and prints
// what a calendar program would enter as one line of JSON; "problems" names what RFC 5545 and 5546 do not allow.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const text = readFileSync(process.argv[2], "utf8");
const problems = [];
const expect = (holds, problem) => { if (!holds) problems.push(problem); };

for (const line of text.split("\r\n")) {
    expect(!/[\r\n]/.test(line), `a bare line end: ${line}`);
    expect(Buffer.byteLength(line) <= 75, `more than 75 bytes: ${line}`);
}
expect(text.endsWith("\r\n"), "the last line does not end");

const calendar = new ICAL.Component(ICAL.parse(text));
expect(calendar.name === "vcalendar", "it is no calendar");
expect(calendar.getFirstPropertyValue("version") === "2.0", "VERSION");
expect(Boolean(calendar.getFirstPropertyValue("prodid")), "PRODID");
const zones = new Map(calendar.getAllSubcomponents("vtimezone").map((zone) => [zone.getFirstPropertyValue("tzid"), zone]));
zones.forEach((zone) => ICAL.TimezoneService.register(zone));
const entries = calendar.getAllSubcomponents("vevent");
expect(entries.length === 1, `${entries.length} events`);
for (const name of ["uid", "dtstamp", "dtstart", "organizer", "attendee", "sequence"]) {
    expect(entries[0].getAllProperties(name).length === 1, `${name} stands ${entries[0].getAllProperties(name).length} times`);
}
for (const name of ["dtstart", "dtend"]) {
    const zone = entries[0].getFirstProperty(name).getParameter("tzid");
    expect(zone === undefined || zones.has(zone), `the zone ${zone} is not explained`);
}

const event = new ICAL.Event(entries[0]);
const utc = (time) => new Date(time.toUnixTime() * 1000).toISOString();
console.log(JSON.stringify({
    method: calendar.getFirstPropertyValue("method"),
    uid: event.uid,
    sequence: event.sequence,
    status: entries[0].getFirstPropertyValue("status"),
    start: utc(event.startDate),
    end: utc(event.endDate),
    zone: entries[0].getFirstProperty("dtstart").getParameter("tzid"),
    summary: event.summary,
    location: event.location,
    problems,
}));

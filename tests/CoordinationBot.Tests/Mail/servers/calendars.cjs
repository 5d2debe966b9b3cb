// Reads iCalendar objects, a JSON array of { text, most } on standard input, with a reader that has nothing in common with whoever wrote them.
const chunks = [];
process.stdin.on('data', (chunk) => chunks.push(chunk)).on('end', async () => {
  const { default: ICAL } = await import('ical.js');
  process.stdout.write(JSON.stringify(JSON.parse(Buffer.concat(chunks).toString('utf8')).map((input) => read(ICAL, input))));
});

function read(ICAL, { text, most }) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const zones = calendar.getAllSubcomponents('vtimezone').map((zone) => new ICAL.Timezone(zone));
  const instant = (time, zoneName) => {
    const at = time.clone();
    if (at.zone !== ICAL.Timezone.utcTimezone) {
      const zone = zones.find((known) => known.tzid === zoneName);
      if (!zone) throw new Error(`The zone ${zoneName} is not told.`);
      at.zone = zone;
    }
    return at.toUnixTime();
  };
  const when = (event, name) => {
    const property = event.getFirstProperty(name);
    return property ? instant(property.getFirstValue(), property.getParameter('tzid')) : null;
  };
  const person = (property) => ({
    address: property.getFirstValue(),
    name: property.getParameter('cn') ?? null,
    role: property.getParameter('role') ?? null,
    participation: property.getParameter('partstat') ?? null,
    rsvp: property.getParameter('rsvp') ?? null,
    parameters: Object.keys(property.toJSON()[1]).sort(),
  });
  const events = calendar.getAllSubcomponents('vevent').map((event) => {
    const zoneName = event.getFirstProperty('dtstart').getParameter('tzid');
    const occurrences = [];
    const iterator = event.getFirstProperty('rrule') ? new ICAL.Event(event).iterator() : null;
    for (let next = iterator?.next(); next && occurrences.length < most; next = iterator.next()) occurrences.push(instant(next, zoneName));
    return {
      properties: event.getAllProperties().map((property) => property.name).sort(),
      uid: event.getFirstPropertyValue('uid'),
      sequence: event.getFirstPropertyValue('sequence'),
      stamp: when(event, 'dtstamp'),
      start: when(event, 'dtstart'),
      end: when(event, 'dtend'),
      occurrence: when(event, 'recurrence-id'),
      summary: event.getFirstPropertyValue('summary'),
      description: event.getFirstPropertyValue('description'),
      location: event.getFirstPropertyValue('location'),
      status: event.getFirstPropertyValue('status'),
      class: event.getFirstPropertyValue('class'),
      transparency: event.getFirstPropertyValue('transp'),
      organiser: person(event.getFirstProperty('organizer')),
      attendees: event.getAllProperties('attendee').map(person),
      rule: event.getFirstPropertyValue('rrule')?.toString() ?? null,
      occurrences,
    };
  });
  return {
    method: calendar.getFirstPropertyValue('method'),
    product: calendar.getFirstPropertyValue('prodid'),
    version: calendar.getFirstPropertyValue('version'),
    zones: zones.map((zone) => zone.tzid),
    parts: calendar.getAllSubcomponents().map((part) => part.name).sort(),
    events,
  };
}

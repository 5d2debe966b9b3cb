using NodaTime;
using NodaTime.Text;

namespace CoordinationBot.Dialogs;

/// <summary>Why a date was not taken, each with what to type instead. Nothing of what was typed is repeated but its numbers.</summary>
internal static class TypedDateSentences
{
    private static readonly LocalDatePattern DayMonth = LocalDatePattern.CreateWithInvariantCulture("d MMM");
    private static readonly LocalDatePattern DayMonthYear = LocalDatePattern.CreateWithInvariantCulture("d MMM uuuu");
    private static readonly LocalDatePattern Month = LocalDatePattern.CreateWithInvariantCulture("MMM");
    private static readonly LocalDatePattern Weekday = LocalDatePattern.CreateWithInvariantCulture("dddd");

    public static string NotADate(LocalDate today) =>
        $"I could not read that as a date. Type it like \"fri 5pm\", \"tomorrow noon\", \"in 3 days\" or \"{Iso(today.PlusWeeks(1))} 14:30\".";

    public static string TwoReadings(string typed, LocalDate dayFirst, LocalDate monthFirst, bool yearWasGiven)
    {
        var pattern = yearWasGiven ? DayMonthYear : DayMonth;
        return $"\"{typed}\" can be {pattern.Format(dayFirst)} or {pattern.Format(monthFirst)}. "
            + $"Type {Iso(dayFirst)} or {Iso(monthFirst)}.";
    }

    public static string DateOrTime(string typed, LocalDate date, LocalTime time) =>
        $"\"{typed}\" can be a date or a time of day. Type {Iso(date)} or {Clock(time)}.";

    public static string ShortYear(LocalDate today) => $"Type the year with four digits, like {Iso(today.PlusWeeks(1))}.";

    public static string NoSuchDate(string date, LocalDate today) =>
        $"{date} does not exist. Type a day of the calendar, like {Iso(today.PlusWeeks(1))}.";

    public static string NoSuchDay(int day, int month, int? year, LocalDate today) =>
        NoSuchDate(FormattableString.Invariant($"{day} {Month.Format(new LocalDate(2000, month, 1))}{(year is null ? "" : $" {year}")}"), today);

    public static string NoSuchClock(int hour, int minute) =>
        FormattableString.Invariant($"{hour}:{minute:00} does not exist. Times of day run from 0:00 to 23:59, like 17:00.");

    public static string NoSuchTwelveHourClock(int hour, string half) =>
        FormattableString.Invariant($"{hour} {half} does not exist. Hours with am or pm run from 1 to 12, like 5pm or 17:00.");

    public static string Midnight => "Midnight can be the start or the end of that day. Type the day with 00:00 or with 23:59.";

    public static string NextWeek => "Next week has seven days. Type one of them, like \"next friday\", or \"end of next week\".";

    public static string OtherWeekday(LocalDate date, IsoDayOfWeek typed) =>
        $"{DayMonthYear.Format(date)} is a {Weekday.Format(date)}, not a {typed}. Type {Iso(date)} if you mean that day.";

    public static string InThePast(ZonedDateTime when, ZonedDateTime now) =>
        $"{TypedDate.ReadBack(when)} is in the past (it is now {TypedDate.ReadBack(now)}). Type a later one.";

    public static string TooFar(LocalDate last) => $"That is more than five years ahead. Type a date up to {Iso(last)}.";

    public static string Iso(LocalDate date) => LocalDatePattern.Iso.Format(date);

    private static string Clock(LocalTime time) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Format(time);
}

using NodaTime;

namespace CoordinationBot.Dialogs;

/// <summary>Which days of the calendar the parts of a typed date can mean.</summary>
internal static class TypedDateCalendar
{
    /// <summary>The day in that year, or in this and the coming years (nine: past the next 29 February); none where it does not exist.</summary>
    public static List<LocalDate> Ahead(LocalDate today, int? year, int month, int day)
    {
        if (month is < 1 or > 12 || day < 1) return [];
        var years = year is { } given ? [given] : Enumerable.Range(today.Year, 9);
        return [.. years.Where(candidate => day <= DaysIn(candidate, month)).Select(candidate => new LocalDate(candidate, month, day))];
    }

    public static LocalDate Soonest(List<LocalDate> days, LocalDate today) => days.FirstOrDefault(day => day >= today, days[0]);

    // Monday to Friday: the working week of an office that was not asked.
    public static LocalDate LastWorkingDay(LocalDate date) => date.DayOfWeek > IsoDayOfWeek.Friday
        ? date.Next(IsoDayOfWeek.Friday)
        : date.PlusDays((int)IsoDayOfWeek.Friday - (int)date.DayOfWeek);

    public static LocalDate LastOfMonth(int year, int month) => new(year, month, DaysIn(year, month));

    private static int DaysIn(int year, int month) => CalendarSystem.Iso.GetDaysInMonth(year, month);
}

using System.Globalization;
using CoordinationBot.Delegations;

namespace CoordinationBot.Surveys;

/// <summary>Words that several cards and sentences of surveys use.</summary>
internal static class SurveyText
{
    public static string Count(int count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? "" : "s")}");

    public static string People(int count) => count == 1 ? "1 person" : string.Create(CultureInfo.InvariantCulture, $"{count} people");

    public static string Often(Repeats repeats) => repeats switch
    {
        Repeats.Weekly => "every week",
        Repeats.Fortnightly => "every two weeks",
        Repeats.Monthly => "every month",
        Repeats.Never or Repeats.WorkingDays or Repeats.FirstWorkingDay or Repeats.LastWorkingDay or Repeats.NthWeekday or Repeats.LastWeekday => "once",
    };

    /// <summary>Exactly what is stored, in a sentence, for whoever is about to answer.</summary>
    public static string Promise(SurveyTerms terms, string owner) => terms.IsAnonymous
        ? $"Anonymous: I store that you have answered until the survey closes, and your answer apart from it, without name, time or order. It cannot be changed or found again. What is half filled in stays on this card only. {owner} sees results after the close, from {terms.Minimum} answers on."
        : $"With your name: {owner} sees who answered what after the close, from {terms.Minimum} answers on. You can change it until then.";
}

using System.Globalization;
using CoordinationBot.Storage;

namespace CoordinationBot.Surveys;

/// <summary>Keys and rows of a survey's partition.</summary>
internal static class SurveyRows
{
    /// <summary>The state and, behind it, the numbers: both in one read.</summary>
    public const string State = Aggregates<Survey>.StateKey;

    public const string Tally = "state|tally";
    public const string DrawerPrefix = "drawer|";
    public const string AudiencePrefix = "audience|";
    public const string NamedPrefix = "answer|";

    public static string Partition(string tenant, string id) => $"{tenant}|V|{id}";

    public static string Drawer(int number) => string.Create(CultureInfo.InvariantCulture, $"{DrawerPrefix}{number:D3}");

    public static string Audience(int page) => string.Create(CultureInfo.InvariantCulture, $"{AudiencePrefix}{page:D3}");

    public static string Named(string objectId) => $"{NamedPrefix}{objectId}";

    public static string Operation(string operationId) => Aggregates<Survey>.OperationKey(operationId);

    public static string Texts(int question, int page) => string.Create(CultureInfo.InvariantCulture, $"text|{question:D2}|{page:D4}");

    public static ReadOnlyMemory<byte> Bytes(Survey survey) => JsonRows.Bytes(survey, SurveyJson.Rows.Survey);

    public static ReadOnlyMemory<byte> Bytes(Drawer drawer) => JsonRows.Bytes(drawer, SurveyJson.Rows.Drawer);

    public static ReadOnlyMemory<byte> Bytes(Tally tally) => JsonRows.Bytes(tally, SurveyJson.Rows.Tally);

    public static ReadOnlyMemory<byte> Bytes(IEnumerable<string> texts) => JsonRows.Bytes([.. texts], SurveyJson.Rows.StringArray);
}

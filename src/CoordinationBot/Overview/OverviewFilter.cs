using CoordinationBot.Authority;
using CoordinationBot.Delegations;
using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Overviews;

/// <summary>Which of what somebody gave, by how it stands.</summary>
internal enum OverviewView
{
    Open,

    /// <summary>Where it is the leader's turn.</summary>
    Awaited,
    Late,
    Offered,
    UnderWay,
    Ended,
}

/// <summary>Which of what somebody gave is shown. It travels in buttons, so what comes back is checked.</summary>
internal sealed record OverviewFilter(OverviewView View = OverviewView.Open)
{
    private const int LongestId = 64;
    private const int LongestName = 200;

    public static readonly OverviewFilter Everything = new();

    public Party? To { get; init; }

    public AuthorizationType? Type { get; init; }

    /// <summary>How the name of the matter begins.</summary>
    public string? Matter { get; init; }

    /// <summary>How the name of the objective begins.</summary>
    public string? Objective { get; init; }

    public bool IsOpen => View != OverviewView.Ended;

    /// <summary>Nothing but the view is chosen.</summary>
    public bool IsPlain => this == new OverviewFilter(View);

    /// <summary>The shortest list that has all of it, and the last key to look at.</summary>
    public (string List, string? Last) Range(DateTimeOffset now)
    {
        if (View == OverviewView.Awaited)
        {
            return (IndexKeys.Awaited, null);
        }
        if (To is null && (Objective ?? Matter) is not null)
        {
            return (Objective is { } objective ? IndexKeys.Objective(objective, IsOpen) : IndexKeys.Matter(Matter!, IsOpen), null);
        }
        var list = To is { } to ? IndexKeys.To(to.ObjectId, IsOpen) : IndexKeys.All(Role.Leader, IsOpen);
        return (list, View == OverviewView.Late ? IndexKeys.Until(list, now) : null);
    }

    /// <summary>What of that list is wanted; null: all of it.</summary>
    public Func<IndexEntry, bool>? Wanted(DateTimeOffset now)
    {
        var isWholeList = View switch
        {
            OverviewView.Open or OverviewView.Ended => this == new OverviewFilter(View) { To = To } || this == new OverviewFilter(View) { Objective = Objective } || this == new OverviewFilter(View) { Matter = Matter },
            OverviewView.Awaited => IsPlain,
            OverviewView.Late or OverviewView.Offered or OverviewView.UnderWay => false,
        };
        return isWholeList ? null : entry => Includes(entry, now);
    }

    public bool Includes(IndexEntry entry, DateTimeOffset now) =>
        (To is null || entry.Assignee.ObjectId == To.ObjectId)
        && (Type is null || entry.Type == Type)
        && (Matter is null || Begins(entry.Matter, Matter))
        && (Objective is null || Begins(entry.Objective, Objective))
        && View switch
        {
            OverviewView.Open => entry.IsOpen,
            OverviewView.Awaited => entry.Awaits != Awaited.Nothing,
            OverviewView.Late => entry.IsLate(now),
            OverviewView.Offered => entry.State == DelegationState.Offered,
            OverviewView.UnderWay => entry.State is DelegationState.Accepted or DelegationState.InProgress or DelegationState.Returned,
            OverviewView.Ended => !entry.IsOpen,
        };

    public IReadOnlyDictionary<string, string> Data
    {
        get
        {
            var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["view"] = View.ToString() };
            if (To is { } to)
            {
                (data["to"], data["name"]) = (to.ObjectId, CardText.Literal(to.Name));
            }
            if (Type is { } type)
            {
                data["type"] = type.ToString();
            }
            if (Matter is { } matter)
            {
                data["matter"] = CardText.Literal(matter);
            }
            if (Objective is { } objective)
            {
                data["objective"] = CardText.Literal(objective);
            }
            return data;
        }
    }

    public static OverviewFilter From(Inputs inputs) => new(Read<OverviewView>(inputs.Text("view")) ?? OverviewView.Open)
    {
        To = inputs.Text("to") is { Length: <= LongestId } to && to.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? new Party(to, Short(inputs.Text("name")) ?? "somebody") : null,
        Type = Read<AuthorizationType>(inputs.Text("type")),
        Matter = Words(inputs.Text("matter")),
        Objective = Words(inputs.Text("objective")),
    };

    /// <summary>What can be looked for: something with a letter or digit in it, and not longer than a name.</summary>
    public static string? Words(string? text) => Short(text) is { } words && IndexKeys.Slug(words).Length > 0 ? words : null;

    public static T? Read<T>(string? text) where T : struct, Enum =>
        Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]) ? value : null;

    private static string? Short(string? text) => text is { Length: <= LongestName } ? text : null;

    private static bool Begins(string? name, string beginning) =>
        name is not null && IndexKeys.Slug(name).StartsWith(IndexKeys.Slug(beginning), StringComparison.Ordinal);
}

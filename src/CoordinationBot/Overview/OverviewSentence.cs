using CoordinationBot.Delegations;

namespace CoordinationBot.Overviews;

/// <summary>
/// What was typed after <c>overview</c>: <c>late</c>, <c>flexible</c>, <c>Alex</c>, <c>Alex waiting</c>, <c>matter personnel</c>, <c>objective new office</c>.
/// </summary>
/// <param name="Filter">What was understood.</param>
/// <param name="Name">The rest, which can only be a name.</param>
/// <param name="Problem">What is missing.</param>
internal sealed record OverviewSentence(OverviewFilter Filter, string? Name, string? Problem)
{
    private static readonly char[] Marks = [' ', ',', '.', ';', ':', '!', '?', '"', '“', '”', '„'];

    private static readonly string[] Fillers = ["to", "by", "with", "for", "and", "only", "of", "what", "is", "everything", "all"];

    public static OverviewSentence Parse(string typed)
    {
        var words = typed.Split(Marks, StringSplitOptions.RemoveEmptyEntries);
        var filter = OverviewFilter.Everything;
        List<string> name = [];
        for (var index = 0; index < words.Length; index++)
        {
            var (word, next) = (words[index], index + 1 < words.Length ? words[index + 1] : "");
            if (Is(word, "matter") || Is(word, "objective"))
            {
                // A name may be any words, so it is all that follows.
                if (OverviewFilter.Words(string.Join(' ', words[(index + 1)..])) is not { } named)
                {
                    return new(filter, null, $"Which {word.ToLowerInvariant()}? For example: overview {(Is(word, "matter") ? "matter personnel" : "objective new office")}.");
                }
                filter = Is(word, "matter") ? filter with { Matter = named } : filter with { Objective = named };
                break;
            }
            if (ViewOf(word, next) is var (view, length))
            {
                filter = filter with { View = view };
                index += length - 1;
            }
            else if (OverviewFilter.Read<AuthorizationType>(word) is { } type)
            {
                filter = filter with { Type = type };
            }
            else if (!Fillers.Contains(word, StringComparer.OrdinalIgnoreCase))
            {
                name.Add(word);
            }
        }
        return new(filter, name.Count > 0 ? string.Join(' ', name) : null, null);
    }

    private static (OverviewView View, int Words)? ViewOf(string word, string next) => (word.ToUpperInvariant(), next.ToUpperInvariant()) switch
    {
        ("LATE" or "OVERDUE", _) => (OverviewView.Late, 1),
        ("FOR", "ME") => (OverviewView.Awaited, 2),
        ("WAITING", _) => (OverviewView.Awaited, 1),
        ("OFFERED", _) => (OverviewView.Offered, 1),
        ("UNDER", "WAY") or ("IN", "PROGRESS") => (OverviewView.UnderWay, 2),
        ("ENDED" or "CLOSED" or "DONE", _) => (OverviewView.Ended, 1),
        ("OPEN", _) => (OverviewView.Open, 1),
        _ => null,
    };

    private static bool Is(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);
}

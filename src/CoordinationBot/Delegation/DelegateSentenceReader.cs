using CoordinationBot.Dialogs;

namespace CoordinationBot.Delegations;

/// <summary>Reads what stands before the steps: title, name and due date in any order; what is not clear stays in the title.</summary>
internal sealed class DelegateSentenceReader
{
    private readonly SentenceWords words;
    private readonly int end;
    private readonly List<string> rest = [];
    private string? title;
    private string? name;
    private string? due;
    private Repeats? repeats;
    private string? until;

    private DelegateSentenceReader(SentenceWords words, int end) => (this.words, this.end) = (words, end);

    /// <summary>What was found; the pieces that belong to nothing are its rest.</summary>
    public static DelegateSentence Read(SentenceWords words, int end)
    {
        var reader = new DelegateSentenceReader(words, end);
        reader.ReadAll();
        return new(reader.title, reader.name, reader.due ?? reader.DueByRule, null, null, [], reader.rest) { Repeats = reader.repeats, UntilText = reader.until };
    }

    /// <summary>The due text, if an item is "by friday" and nothing else.</summary>
    public static string? OnlyDue(string item)
    {
        var words = SentenceWords.Of(item);
        return Due(words, 0, words.Count) is { } found && found.Next == words.Count ? found.Text : null;
    }

    /// <summary>Where the day follows from how often, only the time is missing: the end of the working day, as everywhere.</summary>
    private string? DueByRule => repeats is Repeats.WorkingDays or Repeats.FirstWorkingDay or Repeats.LastWorkingDay ? "eod" : null;

    private void ReadAll()
    {
        var at = LeadingClauses();
        if (words.QuotationAt(at) is { } quotation && quotation.Next <= end)
        {
            title = quotation.Content;
            Clauses(quotation.Next, anyCase: true);
            return;
        }

        // The last "to": what is sent to the bank may be given to Alex.
        for (var to = end - 1; name is null && to > at; to--)
        {
            if (!IsTo(to) || SentenceName.At(words, to + 1, end, anyCase: false) is not { } found) continue;
            name = found.Name;
            Title(at, to);
            Clauses(found.Next, anyCase: false);
            return;
        }

        Title(at, end);
    }

    /// <summary>"to Alex:", "to Alex by friday:", "by friday," before the title. Where no mark parts them from it, they are the title's.</summary>
    private int LeadingClauses()
    {
        var at = 0;
        while (at < end)
        {
            if (name is null && IsTo(at) && LeadingName(at + 1) is { } found)
            {
                (name, at) = found;
            }
            else if (due is null && Due(words, at, end) is { } date
                && (date.Next == end || words.EndsWith(date.Next - 1, ":,;") || words.QuotationAt(date.Next) is not null || IsTo(date.Next)))
            {
                (due, at) = date;
            }
            else if (at > 0 && words.Bare(at).Length == 0 && !words[at].Quoted)
            {
                at++;
            }
            else
            {
                break;
            }
        }

        if (at == 0 || at == end || words.EndsWith(at - 1, ":,;") || words.QuotationAt(at) is not null || words[at].OnNewLine) return at;
        (name, due) = (null, null);
        return 0;
    }

    private (string Name, int Next)? LeadingName(int first)
    {
        var strict = SentenceName.At(words, first, end, anyCase: false);
        if (strict is not null) return strict;
        // "to alex: …" and "to alex "…"" leave no doubt either.
        return SentenceName.At(words, first, end, anyCase: true) is { } found
            && (words.EndsWith(found.Next - 1, ":") || words.QuotationAt(found.Next) is not null) ? found : null;
    }

    /// <summary>What follows the title or the name.</summary>
    private void Clauses(int at, bool anyCase)
    {
        while (at < end)
        {
            if (name is null && IsTo(at) && SentenceName.At(words, at + 1, end, anyCase) is { } found)
            {
                (name, at) = found;
            }
            else if (TakeRepeat(at, end) is { } next)
            {
                at = next;
            }
            else if (due is null && Due(words, at, end) is { } date)
            {
                (due, at) = date;
            }
            else
            {
                var start = at++;
                while (at < end && !words.EndsWith(at - 1, ",;") && !words[at].OnNewLine && !BeginsClause(at)) at++;
                if (words.Slice(start, at)?.Trim('.', ' ') is { Length: > 0 } piece) rest.Add(piece);
            }
        }
    }

    /// <summary>"every Monday 5pm until 18 Dec": how often, from when on, and until when.</summary>
    private int? TakeRepeat(int at, int last)
    {
        if (repeats is null && SentenceRepeat.At(words, at, last) is { } found && (due is null || found.DueText is null))
        {
            (repeats, due) = (found.Repeats, due ?? found.DueText);
            return found.Next;
        }
        if (repeats is not null && until is null && (words.Is(at, "until") || words.Is(at, "till")) && Due(words, at, last) is { } date)
        {
            until = date.Text;
            return date.Next;
        }
        return null;
    }

    private bool BeginsClause(int at) => (due is null && Due(words, at, end) is not null)
        || (repeats is null && SentenceRepeat.At(words, at, end) is not null)
        || (name is null && IsTo(at) && SentenceName.At(words, at + 1, end, anyCase: false) is not null);

    /// <summary>"the budget by friday": the date at the end of a title is its own part, if it can be nothing else.</summary>
    private void Title(int first, int last)
    {
        last = RepeatAtEnd(first, last);
        var by = last;
        for (var at = last - 1; due is null && at >= first && !words[at].Quoted && TypedDateWords.CanStandInDate(words.Raw(at)); at--)
        {
            if (Due(words, at, last) is { } date && date.Next == last) by = at;
        }

        if (by < last) due = Due(words, by, last)!.Value.Text;
        title = words.Slice(first, by);
        if (first < by && words.QuotationAt(first) is { } quotation && quotation.Next == by) title = quotation.Content;
    }

    /// <summary>Where in a title "every Monday 5pm" or "every day until 18 Dec" begins, if the title ends with it.</summary>
    private int RepeatAtEnd(int first, int last)
    {
        for (var at = first + 1; repeats is null && at < last; at++)
        {
            if (!words[at].Quoted && SentenceRepeat.At(words, at, last) is { } found
                && (found.Next == last || ((words.Is(found.Next, "until") || words.Is(found.Next, "till")) && Due(words, found.Next, last) is { } date && date.Next == last)))
            {
                for (var next = TakeRepeat(at, last); next < last; next = TakeRepeat(next.Value, last))
                {
                }
                return at;
            }
        }
        return last;
    }

    private bool IsTo(int at) => words.Is(at, "to") && !(at > 0 && words.Is(at - 1, "up"));

    /// <summary>The date after "by": as many words as can stand in one.</summary>
    private static (string Text, int Next)? Due(SentenceWords words, int at, int end)
    {
        if (at >= end || words[at].Quoted || words.Bare(at) is not ("by" or "until" or "till" or "due")) return null;
        var first = at + 1;
        if (words.Is(at, "due") && words.Is(first, "by")) first++;
        // Longer than any date; it also bounds the work for "by by by by".
        var limit = Math.Min(end, first + 12);
        var next = first;
        while (next < limit && !words[next].Quoted && !words[next].OnNewLine && TypedDateWords.CanStandInDate(words.Raw(next)))
        {
            next++;
            if (words.EndsWith(next - 1, ":;")) break;
        }

        while (next > first && TypedDateWords.NeedsMore(words.Raw(next - 1))) next--;
        return next > first && words.Slice(first, next) is { } text ? (text, next) : null;
    }
}

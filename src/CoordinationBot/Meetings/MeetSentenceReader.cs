using CoordinationBot.Delegations;
using CoordinationBot.Dialogs;

namespace CoordinationBot.Meetings;

/// <summary>Reads the parts of a sentence in any order.</summary>
internal sealed class MeetSentenceReader
{
    private readonly SentenceWords words;
    private readonly WindowReader windows;
    private readonly List<string> rest = [];
    private MeetSentence read = new();

    // Behind "and" and "with" come more of those who must be there.
    private bool isMore;

    private MeetSentenceReader(SentenceWords words, WindowReader windows) => (this.words, this.windows) = (words, windows);

    public static MeetSentence Read(SentenceWords words, WindowReader windows)
    {
        var reader = new MeetSentenceReader(words, windows);
        reader.ReadAll();
        return reader.read with { Rest = reader.rest };
    }

    private void ReadAll()
    {
        for (var at = 0; at < words.Count;)
        {
            at = Clause(at) ?? Names(at);
        }
    }

    /// <summary>Where a part that says what it is ends; null: none begins here.</summary>
    private int? Clause(int at)
    {
        if (words.QuotationAt(at) is { } quotation && read.Subject is null)
        {
            read = read with { Subject = quotation.Content };
            return quotation.Next;
        }
        if (Timing(at) is { } timed)
        {
            return timed;
        }
        return Keyword(at) switch
        {
            "about" or "re" or "regarding" or "subject" or "for" when read.Subject is null => About(at + 1),
            "optional" or "optionally" when read.Optional is null => Labelled(at + 1, text => read = read with { Optional = text }),
            "outside" or "external" when read.Outside is null => Labelled(at + 1, text => read = read with { Outside = text }),
            "place" or "where" or "room" or "link" when read.Place is null && words.EndsWith(at, ":") => Labelled(at + 1, text => read = read with { Place = text }),
            "with" or "and" or "required" => More(at),
            _ => null,
        };
    }

    private int More(int at)
    {
        isMore = true;
        return at + 1;
    }

    private string Keyword(int at) => words[at].Quoted ? "" : words.Bare(at);

    /// <summary>How long, or when.</summary>
    private int? Timing(int at)
    {
        if (read.Minutes is null && TypedLength.At(words, at) is { } length)
        {
            read = read with { Minutes = length.Minutes };
            return length.Next;
        }
        if (Repeating(at) is { } repeated)
        {
            return repeated;
        }
        if (read.Until is null && read.From is null && read.WindowProblem is null && windows.At(words, at) is { } window)
        {
            read = read with { From = window.From, Until = window.Until, WindowProblem = window.Problem };
            return window.Next;
        }
        return null;
    }

    /// <summary>How often it comes again, and with it when for the first time; then until when, or how many times.</summary>
    private int? Repeating(int at)
    {
        if (read.Repeats is null)
        {
            if (MeetRepeat.At(words, at, windows) is not { } repeat)
            {
                return null;
            }
            read = read with { Repeats = repeat.Repeats };
            if (repeat.First is { } first && read.Until is null && read.From is null)
            {
                read = read with { From = first.From, Until = first.Until, WindowProblem = first.Problem };
            }
            return repeat.Next;
        }
        if (read.Ends is null && (words.Is(at, "until") || words.Is(at, "till")) && windows.At(words, at) is { Until: { } ends } end)
        {
            read = read with { Ends = ends };
            return end.Next;
        }
        if (read.Times is null && MeetRepeat.TimesAt(words, at) is { } times)
        {
            read = read with { Times = times.Count };
            return times.Next;
        }
        return null;
    }

    /// <summary>The subject goes on until a part that says what it is begins behind a mark, or until only times follow.</summary>
    private int About(int first)
    {
        if (words.QuotationAt(first) is { } quotation)
        {
            read = read with { Subject = quotation.Content };
            return quotation.Next;
        }
        var end = first;
        while (end < words.Count && !(end > first && (words.EndsWith(end - 1, ",;") || words[end].OnNewLine) && IsKeyword(end)))
        {
            end++;
        }
        // "about the budget with Adele": the last "with" before a name, unless it was said who comes.
        for (var with = end - 1; read.People is null && with > first; with--)
        {
            if (words.Is(with, "with") && with + 1 < end && !words[with + 1].Quoted && (char.IsUpper(words.Raw(with + 1)[0]) || words.Raw(with + 1).Contains('@')))
            {
                end = with;
                break;
            }
        }
        var last = end;
        for (var at = first + 1; at < end; at++)
        {
            if (OnlyTimes(at, end))
            {
                last = at;
                break;
            }
        }
        read = read with { Subject = words.Slice(first, last) };
        return last;
    }

    /// <summary>Whether from here to there stands nothing but how long, when and how often.</summary>
    private bool OnlyTimes(int at, int end)
    {
        var (minutes, until, repeats) = (read.Minutes, read.Until, read.Repeats);
        while (at < end)
        {
            if (minutes is null && TypedLength.At(words, at) is { } length)
            {
                (minutes, at) = (length.Minutes, length.Next);
            }
            else if (repeats is null && MeetRepeat.At(words, at, windows) is { } repeat)
            {
                (repeats, at) = (repeat.Repeats, repeat.Next);
            }
            else if (repeats is not null && MeetRepeat.TimesAt(words, at) is { } times)
            {
                at = times.Next;
            }
            else if ((until is null || repeats is not null) && windows.At(words, at) is { Problem: null } window)
            {
                (until, at) = (window.Until ?? window.From, window.Next);
            }
            else
            {
                return false;
            }
        }
        return at == end;
    }

    private bool IsKeyword(int at) => Keyword(at) is "optional" or "optionally" or "outside" or "external" or "with" or "required" || (Keyword(at) is "place" or "where" or "room" or "link" && words.EndsWith(at, ":")) || TypedLength.At(words, at) is not null || MeetRepeat.At(words, at, windows) is not null || (read.Repeats is not null && MeetRepeat.TimesAt(words, at) is not null) || windows.At(words, at) is not null;

    /// <summary>What stands behind a word that names it.</summary>
    private int Labelled(int first, Action<string> take)
    {
        var end = End(first);
        if (words.Slice(first, end) is { } text)
        {
            take(text);
        }
        return end;
    }

    /// <summary>Names, or addresses of people outside, which say so themselves.</summary>
    private int Names(int first)
    {
        var end = End(first);
        if (words.Slice(first, end) is { } text)
        {
            var (addresses, names) = (Parts(text, isAddress: true), Parts(text, isAddress: false));
            if (addresses.Count > 0)
            {
                read = read with { Outside = Joined(read.Outside, addresses) };
            }
            if (names.Count > 0 && (read.People is null || isMore))
            {
                read = read with { People = Joined(read.People, names) };
            }
            else
            {
                // Who comes is said first; what else is no known part belongs to nobody.
                rest.AddRange(names);
            }
        }
        isMore = false;
        return end;

        static List<string> Parts(string text, bool isAddress) => [.. TypedNames.Split(text).Where(part => (part.Contains('@', StringComparison.Ordinal) && !part.StartsWith('@')) == isAddress)];
    }

    private static string Joined(string? before, IReadOnlyList<string> parts) => string.Join(", ", before is null ? parts : [before, .. parts]);

    /// <summary>Where the next part begins.</summary>
    private int End(int first)
    {
        var at = first;
        while (at < words.Count && (at == first || !Begins(at)))
        {
            at++;
        }
        return at;
    }

    private bool Begins(int at) =>
        words.QuotationAt(at) is not null || IsKeyword(at) || Keyword(at) is "about" or "re" or "regarding" or "subject" or "for";
}

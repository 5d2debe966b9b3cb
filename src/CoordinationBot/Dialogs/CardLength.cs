using System.Buffers;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Dialogs;

/// <summary>How many characters of JSON a card takes. Nearly every card is far below what fits, so it is estimated first, and written only to be measured near the limit.</summary>
internal static class CardLength
{
    /// <summary>More than the names and settings of any element, run, button or choice take; its texts come on top.</summary>
    private const int Frame = 256;

    /// <summary>What an escaped character takes.</summary>
    private const int Escaped = 6;

    // What may be written as an escape: see WireEncoder.
    private static readonly SearchValues<char> Escapes = SearchValues.Create(
        ['"', '\\', .. Enumerable.Range(0, ' ').Select(code => (char)code), .. Enumerable.Range('\uD800', 0x800).Select(code => (char)code)]);

    /// <summary>Never less than <see cref="CardSize.Of"/>, without writing anything; for an element that is not counted here, more than any card may have.</summary>
    public static long AtMost(AdaptiveCard card)
    {
        var length = Frame + Text(card.FallbackText) + Sum(card.Body) + Refresh(card.Refresh);
        return card.Actions is { } actions ? length + Sum(actions) : length;
    }

    private static long Refresh(CardRefresh? refresh)
    {
        if (refresh is null)
        {
            return 0;
        }
        var length = Frame + Text(refresh.Action.Verb) + Sum(refresh.Action.Data);
        for (var index = 0; index < refresh.UserIds.Count; index++)
        {
            length += Frame / 4 + Text(refresh.UserIds[index]);
        }
        return length;
    }

    private static long Sum(IReadOnlyList<CardElement> elements)
    {
        var length = 0L;
        for (var index = 0; index < elements.Count; index++)
        {
            length += Frame + Text(elements[index].Id) + Content(elements[index]);
        }
        return length;
    }

    private static long Content(CardElement element) => element switch
    {
        TextBlock block => Text(block.Text),
        RichTextBlock block => Sum(block.Inlines),
        Container container => Sum(container.Items),
        ActionSet set => Sum(set.Actions),
        TextInput input => Text(input.Label) + Text(input.Placeholder) + Text(input.Value) + Text(input.ErrorMessage),
        NumberInput or ToggleInput or DateInput or TimeInput => Input((CardInput)element),
        ChoiceSetInput input => Text(input.Label) + Text(input.Placeholder) + Text(input.Value) + Text(input.ErrorMessage) + Sum(input.Choices),
        _ => int.MaxValue,
    };

    private static long Input(CardInput input) => Text(input.Label) + Text(input.Value) + Text(input.ErrorMessage) + input switch
    {
        NumberInput number => Text(number.Placeholder),
        ToggleInput toggle => Text(toggle.Title),
        _ => 0,
    };

    private static long Sum(IReadOnlyList<TextRun> runs)
    {
        var length = 0L;
        for (var index = 0; index < runs.Count; index++)
        {
            length += Frame + Text(runs[index].Text);
        }
        return length;
    }

    private static long Sum(IReadOnlyList<Choice> choices)
    {
        var length = 0L;
        for (var index = 0; index < choices.Count; index++)
        {
            length += Frame + Text(choices[index].Title) + Text(choices[index].Value);
        }
        return length;
    }

    private static long Sum(IReadOnlyList<CardButton> buttons)
    {
        var length = 0L;
        for (var index = 0; index < buttons.Count; index++)
        {
            length += Frame + Text(buttons[index].Title) + buttons[index] switch
            {
                // Everything is there again in the fallback.
                ExecuteAction execute => Frame + Text(execute.Title) + (2 * (Text(execute.Verb) + Sum(execute.Data))),
                ShowCardAction show => AtMost(show.Card),
                _ => int.MaxValue,
            };
        }
        return length;
    }

    private static long Sum(IReadOnlyDictionary<string, string> data)
    {
        var length = 0L;
        foreach (var (key, value) in data)
        {
            length += Frame / 4 + Text(key) + Text(value);
        }
        return length;
    }

    private static long Text(string? text) => text is null ? 0 : text.AsSpan().ContainsAny(Escapes) ? Escaped * (long)text.Length : text.Length;
}

namespace CoordinationBot.Protocol.Cards;

/// <summary>An input. The label is read by screen readers; a placeholder is not enough.</summary>
public abstract record CardInput : CardElement
{
    /// <summary>What is asked for.</summary>
    public string? Label { get; init; }

    /// <summary>The client refuses to send without it. Inputs of the parent card are checked with those of a ShowCard.</summary>
    public bool? IsRequired { get; init; }

    /// <summary>Shown by the client when its own check fails.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>What stands in it at first.</summary>
    public string? Value { get; init; }
}

/// <summary>Text.</summary>
public sealed record TextInput : CardInput
{
    /// <summary>Greyed hint.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Several lines.</summary>
    public bool? IsMultiline { get; init; }

    /// <summary>Longest text, in UTF-16 characters; the server checks again.</summary>
    public int? MaxLength { get; init; }
}

/// <summary>A number; a value that is none is left out. Smallest and largest are for the server to check: a client that does would let no button through, Discard among them.</summary>
public sealed record NumberInput : CardInput
{
    /// <summary>Greyed hint.</summary>
    public string? Placeholder { get; init; }
}

/// <summary>A date, sent as <c>yyyy-MM-dd</c>.</summary>
public sealed record DateInput : CardInput;

/// <summary>A time of day, sent as <c>HH:mm</c>.</summary>
public sealed record TimeInput : CardInput;

/// <summary>On or off, sent as <c>true</c> or <c>false</c>.</summary>
public sealed record ToggleInput : CardInput
{
    /// <summary>The words beside the switch.</summary>
    public required string Title { get; init; }
}

/// <summary>One or several of a list; several come back joined by commas.</summary>
public sealed record ChoiceSetInput : CardInput
{
    /// <summary>What can be chosen.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary><c>compact</c> (a dropdown), <c>expanded</c> (all in sight), <c>filtered</c> (type to search).</summary>
    public string? Style { get; init; }

    /// <summary>Several may be chosen.</summary>
    public bool? IsMultiSelect { get; init; }

    /// <summary>Long titles take several lines.</summary>
    public bool? Wrap { get; init; }

    /// <summary>Greyed hint.</summary>
    public string? Placeholder { get; init; }

    /// <summary>Asks the client for more choices; <see cref="DataQuery.People"/> makes it a people picker.</summary>
    public DataQuery? ChoicesData { get; init; }
}

/// <summary>A choice.</summary>
/// <param name="Title">Shown.</param>
/// <param name="Value">Sent.</param>
public sealed record Choice(string Title, string Value);

/// <summary>Where a choice set finds more choices.</summary>
/// <param name="Dataset">Name of the data set.</param>
public sealed record DataQuery(string Dataset)
{
    /// <summary>Always <c>Data.Query</c>.</summary>
    public string Type { get; } = "Data.Query";

    /// <summary>People of the organisation; the value is an Entra object id in Teams and a Teams id in the offline client.</summary>
    public static DataQuery People { get; } = new("graph.microsoft.com/users");
}

using CoordinationBot.Protocol.Cards;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Dialogs;

/// <summary>The cards a person meets first.</summary>
internal static class HelpCards
{
    private static readonly ActionSet Buttons = new() { Actions = [Command("What waits for me", "waiting"), Command("Delegate", "delegate"), Command("My tasks", "my tasks"), Command("Delegations", "delegations")] };

    public static AdaptiveCard Welcome() => new()
    {
        Body =
        [
            CardParts.Heading("Hello, I am your office secretary"),
            new TextBlock("I hand out work together with the authority that goes with it, and see that both sides always know how it stands. I never decide for anybody: I ask, check, record and remind."),
            new TextBlock("Three things to try:") { Weight = "bolder" },
            new ActionSet
            {
                Actions = [Command("Delegate something", "delegate"), Command("See my tasks", "my tasks"), Command("What can I do?", "help")],
            },
        ],
        FallbackText = "Hello, I am your office secretary",
    };

    /// <param name="now">What is known of this person.</param>
    /// <param name="known">From <see cref="Known"/>.</param>
    public static AdaptiveCard Help(IReadOnlyList<string> now, CardElement known) => Lines("What you can do now", now, known);

    /// <param name="lines">What waits for this person.</param>
    public static AdaptiveCard Waiting(IReadOnlyList<string> lines) => Lines("What waits for you", lines.Count > 0 ? lines : ["Nothing waits for you right now."], new ActionSet
    {
        Actions = [Command("Approvals", "approvals"), Command("My tasks", "my tasks"), Command("Delegations", "delegations"), Command("My meetings", "my meetings")],
    });

    private static AdaptiveCard Lines(string heading, IReadOnlyList<string> lines, CardElement last)
    {
        var body = new List<CardElement>(lines.Count + 2) { CardParts.Heading(heading) };
        for (var index = 0; index < lines.Count; index++)
        {
            body.Add(new TextBlock(lines[index]) { Weight = "bolder", Spacing = "small" });
        }
        body.Add(last);
        return new() { Body = body, FallbackText = heading };
    }

    /// <summary>All commands: the same for everybody, and the help is what is asked for most.</summary>
    public static FixedElement Known(IReadOnlyList<CommandRoute> commands) => new(new Container
    {
        Items = [.. commands.Where(command => command is { IsAlias: false, ListedBy: null }).Select(Line), Buttons],
    });

    public static AdaptiveCard Suggestions(IReadOnlyList<CommandRoute> commands) => new()
    {
        Body =
        [
            new TextBlock(commands.Count > 0 ? "I did not understand that, and I do not guess. Did you mean one of these?" : "I did not understand that, and I do not guess. The help shows what I know."),
            .. commands.Select(Line),
            new ActionSet
            {
                Actions =
                [
                    .. commands.Where(command => command.Takes != CommandArgument.Id && command.Words != "help").Select(command => Command(Capital(command.Words), command.Words)),
                    Command("Show the help", "help"),
                ],
            },
        ],
        FallbackText = "I did not understand that",
    };

    private static RichTextBlock Line(CommandRoute command) => new()
    {
        Spacing = "small",
        Inlines = [new TextRun(command.Usage) { Weight = "bolder" }, new TextRun($" – {command.Summary}")],
    };

    private static SubmitAction Command(string title, string command) =>
        new("help.command", new Dictionary<string, string> { ["command"] = command }) { Title = title };

    private static string Capital(string words) => string.Concat(char.ToUpperInvariant(words[0]).ToString(), words.AsSpan(1));
}

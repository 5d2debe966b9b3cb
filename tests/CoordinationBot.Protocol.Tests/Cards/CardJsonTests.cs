using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using CoordinationBot.Protocol.Activities;
using CoordinationBot.Protocol.Cards;

namespace CoordinationBot.Protocol.Tests.Cards;

public sealed class CardJsonTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>When a card is meant to look different, copy the received file beside the approved one over it and read the difference.</summary>
    [Fact]
    public void A_card_with_every_element_is_written_as_approved()
    {
        var folder = Path.GetDirectoryName(Here())!;
        var received = JsonSerializer.Serialize(JsonSerializer.SerializeToElement(Everything, ProtocolJson.Wire.AdaptiveCard), Indented) + "\n";
        var approved = Path.Combine(folder, "everything.approved.json");
        if (!File.Exists(approved) || File.ReadAllText(approved) != received)
        {
            File.WriteAllText(Path.Combine(folder, "everything.received.json"), received);
            Assert.Fail("The card differs from everything.approved.json; see everything.received.json.");
        }
    }

    private static AdaptiveCard Everything { get; } = new()
    {
        FallbackText = "Everything on one card",
        Teams = new TeamsCardOptions { Width = "full" },
        Body =
        [
            new TextBlock("Title with \"quotes\" & <marks>") { Id = "title", Size = "large", Weight = "bolder", Color = "accent", Style = "heading", IsSubtle = false },
            new RichTextBlock
            {
                Spacing = "small",
                Inlines =
                [
                    CardText.Run("**typed** {{DATE(x)}} שלום"),
                    new TextRun("run") { Size = "small", Weight = "lighter", Color = "warning", IsSubtle = true, Italic = true, Strikethrough = true },
                ],
            },
            new FactSet { Separator = true, Facts = [new Fact("Due", "{{DATE(2026-11-23T09:00:00Z, SHORT)}}")] },
            new Container { Style = "emphasis", Items = [new TextBlock("Inside")] },
            new ColumnSet
            {
                Columns =
                [
                    new Column { Width = "stretch", VerticalContentAlignment = "center", Items = [new TextBlock("Left")] },
                    new Column { Width = "auto", Items = [new TextBlock("Right")] },
                ],
            },
            new CardImage("data:image/png;base64,AAAA", "Three of \"four\" <done>") { Spacing = "small" },
            new BarChart { Id = "standing", Title = "Hours", Bars = [new Bar("Mon", 1.5), new Bar("Tue", 0)], Fallback = new CardImage("data:image/png;base64,AAAA", "Mon 1.5, Tue 0") },
            new BarChart { Title = "Kinds", AreLying = true, Bars = [new Bar("Problem & more", 12)], Fallback = new CardImage("data:image/png;base64,AAAA", "Problem 12") },
            new TextInput { Id = "text", Label = "Text", Value = "as it was", Placeholder = "hint", IsMultiline = true, MaxLength = 500, IsRequired = true, ErrorMessage = "Please say it." },
            new NumberInput { Id = "number", Label = "Number", Placeholder = "0", Value = "12" },
            new DateInput { Id = "date", Label = "Date", Value = "2026-11-23" },
            new TimeInput { Id = "time", Label = "Time", Value = "09:00" },
            new ToggleInput { Id = "toggle", Label = "Toggle", Title = "On", Value = "true" },
            new ChoiceSetInput { Id = "choice", Label = "Choice", Choices = [new Choice("Ann", "1"), new Choice("Bob", "2")], Style = "expanded", IsMultiSelect = true, Wrap = true, Placeholder = "pick" },
            new ChoiceSetInput { Id = "people", Label = "People", ChoicesData = DataQuery.People },
            new ActionSet { Actions = [new ExecuteAction("x.do", new Dictionary<string, string> { ["id"] = "D-7K3F9Q" }) { Title = "Do", Style = "positive" }] },
        ],
        Actions =
        [
            new SubmitAction("x.submit") { Title = "Submit" },
            new ShowCardAction(new AdaptiveCard { Body = [new TextBlock("Below")] }) { Title = "More", Style = "destructive" },
            new OpenUrlAction("https://example.com/?a=1&b=2") { Title = "Read" },
        ],
    };

    private static string Here([CallerFilePath] string path = "") => path;
}

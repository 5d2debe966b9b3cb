using System.Text.Json.Nodes;

namespace CoordinationBot.EndToEnd.EchoBots;

/// <summary>Cards with everything that the driver must be able to fill and press.</summary>
internal static class EchoCards
{
    public const string Markdown = "**bold** _italic_ `code` [link](https://example.com) <b>html</b>\n\n- one\n- two\n\n1. first\n\n# heading\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> quote\n\n~~gone~~ \\*literal\\* &amp; 2 < 3";

    public static JsonObject Form => Parse("""
        {"type":"AdaptiveCard","version":"1.5","body":[
          {"type":"TextBlock","text":"A form","size":"Large"},
          {"type":"Input.Text","id":"title","label":"Title","isRequired":true,"errorMessage":"A title is needed"},
          {"type":"Input.Text","id":"notes","label":"Notes","isMultiline":true},
          {"type":"Input.Number","id":"count","label":"Count"},
          {"type":"Input.Date","id":"due","label":"Due"},
          {"type":"Input.Time","id":"at","label":"At"},
          {"type":"Input.Time","id":"odd","label":"At an odd minute"},
          {"type":"Input.Toggle","id":"notify","title":"Notify","valueOn":"yes","valueOff":"no"},
          {"type":"Input.ChoiceSet","id":"compact","label":"Compact","choices":[{"title":"Red","value":"r"},{"title":"Green","value":"g"}]},
          {"type":"Input.ChoiceSet","id":"expanded","label":"Expanded","style":"expanded","choices":[{"title":"Exactly","value":"exactly"},{"title":"Ask first","value":"ask"},{"title":"Free","value":"free"}]},
          {"type":"Input.ChoiceSet","id":"several","label":"Several","style":"expanded","isMultiSelect":true,"choices":[{"title":"One","value":"1"},{"title":"Two","value":"2"},{"title":"Three","value":"3"}]},
          {"type":"Input.ChoiceSet","id":"tags","label":"Tags","isMultiSelect":true,"choices":[{"title":"Paid","value":"paid"},{"title":"Urgent","value":"urgent"}]},
          {"type":"Input.ChoiceSet","id":"who","label":"Who","choices":[],"choices.data":{"type":"Data.Query","dataset":"graph.microsoft.com/users"}}
        ],"actions":[
          {"type":"Action.Submit","title":"Send","data":{"action":"send"}},
          {"type":"Action.ShowCard","title":"Decline","card":{"type":"AdaptiveCard","version":"1.5","body":[
            {"type":"Input.Text","id":"reason","label":"Reason"}
          ],"actions":[{"type":"Action.Submit","title":"Send reason","data":{"action":"decline"}}]}},
          {"type":"Action.OpenUrl","title":"Read more","url":"https://example.com/more"}
        ]}
        """);

    public static JsonObject Many => Parse($$"""
        {"type":"AdaptiveCard","version":"1.5","body":[{"type":"TextBlock","text":"Many buttons"}],"actions":[
          {{string.Join(',', Enumerable.Range(1, 8).Select(n => $$"""{"type":"Action.Execute","title":"Button {{n}}","verb":"press"}"""))}},
          {"type":"Action.Execute","title":"Secondary","verb":"press","mode":"secondary"}
        ]}
        """);

    public static JsonObject MarkdownCard
    {
        get
        {
            var card = Parse("""
                {"type":"AdaptiveCard","version":"1.5","body":[
                  {"type":"TextBlock","text":"Markdown here","weight":"Bolder"},
                  {"type":"TextBlock","text":"","wrap":true},
                  {"type":"RichTextBlock","inlines":[{"type":"TextRun","text":""}]},
                  {"type":"FactSet","facts":[{"title":"**fact**","value":""}]}
                ]}
                """);
            card["body"]![1]!["text"] = Markdown;
            card["body"]![2]!["inlines"]![0]!["text"] = Markdown;
            card["body"]![3]!["facts"]![0]!["value"] = "**bold** <b>html</b> [link](https://example.com)";
            return card;
        }
    }

    public static JsonObject Approval(string state)
    {
        var card = Parse("""
            {"type":"AdaptiveCard","version":"1.5","body":[
              {"type":"TextBlock","text":"Approval"},{"type":"TextBlock","text":"","wrap":true},{"type":"Input.Text","id":"why","label":"Why"}
            ],"actions":[
              {"type":"Action.Execute","title":"Approve","verb":"approve"},{"type":"Action.Execute","title":"Ask","verb":"ask"}
            ]}
            """);
        card["body"]![1]!["text"] = $"State: {state}";
        return card;
    }

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}

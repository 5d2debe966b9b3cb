using System.Diagnostics;
using CoordinationBot.Delegations;
using CsCheck;

namespace CoordinationBot.Tests.Delegations;

public class DelegateSentenceTests
{
    [Theory]
    [InlineData("\"Prepare the budget table\" to Alex by fri 5pm", "Prepare the budget table", "Alex", "fri 5pm")]
    [InlineData("the budget to Ann by fri 5pm", "the budget", "Ann", "fri 5pm")]
    [InlineData("the budget by fri 5pm to Ann", "the budget", "Ann", "fri 5pm")]
    [InlineData("the budget by friday", "the budget", null, "friday")]
    [InlineData("to Alex: prepare the budget", "prepare the budget", "Alex", null)]
    [InlineData("to alex: prepare the budget by fri", "prepare the budget", "alex", "fri")]
    [InlineData("to Alex by fri: prepare the budget", "prepare the budget", "Alex", "fri")]
    [InlineData("to Alex, by fri 17:00: prepare the budget", "prepare the budget", "Alex", "fri 17:00")]
    [InlineData("to Alex \"prepare: the budget\" by fri", "prepare: the budget", "Alex", "fri")]
    [InlineData("by friday, to Alex: the budget", "the budget", "Alex", "friday")]
    [InlineData("to Alex", null, "Alex", null)]
    [InlineData("\"X\" to Alex Weber", "X", "Alex Weber", null)]
    [InlineData("\"X\" to alex weber by tomorrow", "X", "alex weber", "tomorrow")]
    [InlineData("\"X\" by tomorrow", "X", null, "tomorrow")]
    [InlineData("\"X\" by Dec 1st, 5pm, to Alex", "X", "Alex", "Dec 1st, 5pm")]
    [InlineData("\"X\", to Alex, by 5 p.m.", "X", "Alex", "5 p.m.")]
    [InlineData("\"X\" to Alex due by end of next week", "X", "Alex", "end of next week")]
    [InlineData("\"X\"to Alex", "X", "Alex", null)]
    [InlineData("send the letter to the bank to Alex by fri", "send the letter to the bank", "Alex", "fri")]
    [InlineData("send the letter to the bank", "send the letter to the bank", null, null)]
    [InlineData("send the letter to finance by fri", "send the letter to finance", null, "fri")]
    [InlineData("move the review from Monday to Friday", "move the review from Monday to Friday", null, null)]
    [InlineData("postpone the fair to May", "postpone the fair to May", null, null)]
    [InlineData("the fair to May Lee", "the fair", "May Lee", null)]
    [InlineData("review the book by Orwell to Ann by fri", "review the book by Orwell", "Ann", "fri")]
    [InlineData("\"X\" to Ann by the end of the project", "X", "Ann", null)]
    [InlineData("give the keys to Alex and Ann", "give the keys to Alex and Ann", null, null)]
    [InlineData("the plan called \"Go to Paris\"", "the plan called \"Go to Paris\"", null, null)]
    [InlineData("review \"the contract\" to Lee", "review \"the contract\"", "Lee", null)]
    [InlineData("“X” to Alex", "X", "Alex", null)]
    [InlineData("„X“ to Alex", "X", "Alex", null)]
    [InlineData("«Go to Paris» to Alex", "Go to Paris", "Alex", null)]
    [InlineData("'last year's budget' to Alex", "last year's budget", "Alex", null)]
    [InlineData("‘last year’s budget’ to Alex", "last year’s budget", "Alex", null)]
    [InlineData("last year's budget to Alex's team", "last year's budget to Alex's team", null, null)]
    [InlineData("\"never closed to Alex", "\"never closed", "Alex", null)]
    [InlineData("the budget to Jo van der Berg by fri", "the budget", "Jo van der Berg", "fri")]
    [InlineData("the budget to Dr. J. O'Brien-Lee.", "the budget", "Dr. J. O'Brien-Lee", null)]
    [InlineData("the budget to @Alex Weber", "the budget", "@Alex Weber", null)]
    [InlineData("the budget to alex@contoso.com by fri", "the budget", "alex@contoso.com", "fri")]
    [InlineData("报告 to 王小明 by fri", "报告", "王小明", "fri")]
    [InlineData("the budget to Łukasz", "the budget", "Łukasz", null)]
    [InlineData("to be or not to be", "to be or not to be", null, null)]
    [InlineData("it is up to Alex", "it is up to Alex", null, null)]
    [InlineData("prepare the budget", "prepare the budget", null, null)]
    [InlineData("", null, null, null)]
    [InlineData(" , ", null, null, null)]
    [InlineData("\"\"", "\"\"", null, null)]
    public void Title_name_and_due_are_found_where_they_are_clear(string typed, string? title, string? name, string? due)
    {
        var sentence = DelegateSentence.Parse(typed);
        Assert.Equal((title, name, due), (sentence.Title, sentence.AssigneeName, sentence.DueText));
        Assert.Empty(sentence.Steps);
    }

    [Theory]
    [InlineData("\"X\" to Alex by fri 5pm, exactly: collect figures; fill template; send to finance", "collect figures|fill template|send to finance")]
    [InlineData("review the contract to Lee, exactly: a; b", "a|b")]
    [InlineData("\"X\" to Alex, exactly:a;b", "a|b")]
    [InlineData("\"X\" to Alex, exactly 1. a 2. b", "a|b")]
    [InlineData("\"X\" to Alex: 1) wait 2.5 hours 2) read page 3. 3) sign", "wait 2.5 hours|read page 3.|sign")]
    [InlineData("\"X\" to Alex, follow these steps:\n- a\n- b\n\n", "a|b")]
    [InlineData("\"X\" to Alex by fri\n1. a\n2. b", "a|b")]
    [InlineData("\"X\" to Alex exactly in this order\na\nb", "a|b")]
    [InlineData("\"X\" steps: a (note); b (a link); c (Note).; d (notes); (note)", "a:Note|b:Link|c:Note|d (notes)|(note)")]
    [InlineData("\"X\" to Alex exactly as agreed", "")]
    [InlineData("\"exactly: a; b\" to Alex", "")]
    [InlineData("\"X\" exactly: ;;; ", "")]
    public void Steps_are_taken_apart(string typed, string steps)
    {
        var found = DelegateSentence.Parse(typed).Steps.Select(step => step.Evidence == Evidence.None ? step.Text : $"{step.Text}:{step.Evidence}");
        Assert.Equal(steps, string.Join('|', found));
    }

    [Fact]
    public void A_whole_sentence_fills_every_part()
    {
        var sentence = DelegateSentence.Parse("\"Prepare the budget table\" to Alex, exactly: collect figures (note); send to finance; by fri 5pm");
        Assert.Equal(
            ("Prepare the budget table", "Alex", "fri 5pm", AuthorizationType.Deterministic, "exactly"),
            (sentence.Title, sentence.AssigneeName, sentence.DueText, sentence.SuggestedType, sentence.SuggestedBy));
        Assert.Equal([new("collect figures", Evidence.Note), new("send to finance", Evidence.None)], sentence.Steps);
        Assert.Empty(sentence.Rest);
    }

    [Theory]
    [InlineData("\"X\" to Alex, exactly: look into it; b", "Deterministic", "exactly")]
    [InlineData("\"X\" to Alex. Follow these steps: a", "Deterministic", "Follow these steps")]
    [InlineData("\"X\" to Alex, as you see fit, by fri", "Flexible", "as you see fit")]
    [InlineData("\"X\" to Alex, up to 5,000 EUR", "Flexible", "up to")]
    [InlineData("bring the table up to date to Alex", null, null)]
    [InlineData("look into the printer to Alex", "Uncertain", "look into")]
    [InlineData("\"Find out whether it pays\" to Alex", "Uncertain", "Find out whether")]
    [InlineData("look into the printer to Alex, up to 50 EUR", null, null)]
    [InlineData("outlook into exactlyness to Alex", null, null)]
    public void A_type_is_suggested_by_words_and_by_one_kind_of_them(string typed, string? type, string? by)
    {
        var sentence = DelegateSentence.Parse(typed);
        Assert.Equal((type, by), (sentence.SuggestedType?.ToString(), sentence.SuggestedBy));
    }

    [Theory]
    [InlineData("\"X\" to Alex, as you see fit, by fri", "")]
    [InlineData("\"X\" to Alex, up to 5,000 EUR, by fri, nobody outside", "up to 5,000 EUR|nobody outside")]
    [InlineData("\"X\" with the new template to Alex by fri", "with the new template")]
    [InlineData("\"X\" to Ann by the end of the project", "by the end of the project")]
    [InlineData("\"X\" to the bank", "to the bank")]
    public void What_belongs_to_no_part_is_kept(string typed, string rest) =>
        Assert.Equal(rest, string.Join('|', DelegateSentence.Parse(typed).Rest));

    private static readonly string[] Pieces =
    [
        "\"", "“", "”", "„", "«", "»", "'", "’", "to", "to Alex", "to the bank", "to alex:", "by", "by fri", "by fri 5pm,", "due", "exactly", "exactly:",
        "follow these steps:", "steps", "1.", "2.", "3)", ";", ",", ":", "\n", "\n-", "(note)", "(link)", "look into", "up to 5", "as you see fit",
        "prepare", "the", "Ann", "Müller", "王小明", "🎉", "\"X\"", "@", ".", "\0", "-",
    ];

    private static readonly Gen<string> Typed = Gen.OneOf(
        Gen.Int[0, Pieces.Length - 1].Array[0, 14].Select(picks => string.Join(' ', picks.Select(pick => Pieces[pick]))),
        Gen.Int[0, Pieces.Length - 1].Array[0, 14].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))),
        Gen.String);

    [Fact]
    public void Parts_are_pieces_of_what_was_typed() =>
        Typed.Sample(
            typed =>
            {
                var sentence = DelegateSentence.Parse(typed);
                string?[] parts =
                    [sentence.Title, sentence.AssigneeName, sentence.DueText, sentence.SuggestedBy, .. sentence.Steps.Select(step => step.Text), .. sentence.Rest];
                foreach (var part in parts.OfType<string>())
                {
                    Assert.False(string.IsNullOrWhiteSpace(part));
                    Assert.Contains(part, typed, StringComparison.Ordinal);
                }

                Assert.Equal(sentence.SuggestedType is null, sentence.SuggestedBy is null);
            },
            iter: 50_000);

    [Fact]
    public void No_letter_typed_is_lost_from_title_name_and_rest() =>
        // Words that steer nothing must turn up in some part.
        Gen.Int[0, Pieces.Length - 1].Array[0, 10].Sample(
            picks =>
            {
                var typed = string.Join(' ', picks.Select((pick, index) => index % 2 == 0 ? Pieces[pick] : $"qqw{index}"));
                var sentence = DelegateSentence.Parse(typed);
                var all = string.Join('\n', [sentence.Title, sentence.AssigneeName, sentence.DueText, .. sentence.Steps.Select(step => step.Text), .. sentence.Rest]);
                foreach (var word in typed.Split().Where(word => word.StartsWith("qqw", StringComparison.Ordinal))) Assert.Contains(word, all, StringComparison.Ordinal);
            },
            iter: 50_000);

    [Fact]
    public void Ten_thousand_characters_take_no_time()
    {
        foreach (var piece in Pieces.Append("to A, ").Append("a").Append("1").Append("\"a\" "))
        {
            foreach (var gap in new[] { "", " ", "\n" })
            {
                var typed = string.Concat(Enumerable.Repeat(piece + gap, 10_000 / (piece.Length + gap.Length)));
                var watch = Stopwatch.StartNew();
                DelegateSentence.Parse(typed);
                // Milliseconds when linear; the rest is room for a busy machine.
                Assert.True(watch.Elapsed < TimeSpan.FromSeconds(3), $"{piece}{gap}: {watch.Elapsed}");
            }
        }
    }
}

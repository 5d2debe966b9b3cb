using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using CoordinationBot.Files;
using CoordinationBot.Surveys;
using CoordinationBot.Tests.Scenarios;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;

namespace CoordinationBot.Tests.Surveys;

/// <summary>
/// What too few said changes nothing that anybody sees: of two surveys that differ only in it, the results, the texts, the file and the insights are the same. So there is nothing to be
/// learned of it, whatever is laid beside what.
/// </summary>
public sealed class HiddenProperties
{
    private const int People = 9;

    /// <summary>What one person says to each question; null: nothing.</summary>
    private static readonly Gen<int?[]> Answers = Gen.Int[0, 2].Nullable(0.5).Array[3];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_too_few_said_is_in_no_result_no_text_no_file_and_no_insight(bool isAnonymous)
    {
        await using var office = new TestOffice();
        await office.InstallAsync("ann");
        var people = Enumerable.Range(0, People).Select(number => office.Add($"p{number}", $"Person {number}")).ToList();
        await office.InstallAsync([.. people.Select(person => person.Key)]);
        var number = 0;
        await Gen.Select(Gen.Int[3, 5], Answers.Array[People], Gen.Int[1, People]).SampleAsync(
            async (minimum, all, most) =>
            {
                var said = all.Take(most).Where(answers => answers.Any(answer => answer is not null)).ToList();
                bool IsHidden(int question) => said.Count < minimum || said.Count(answers => answers[question] is not null) < minimum;
                var other = said.Select(answers => answers.Select((answer, question) => answer is { } value && IsHidden(question) ? (value + 1) % 3 : answer).ToArray()).ToList();
                Assert.Equal(await SeenAsync(office, people, minimum, isAnonymous, said, ++number), await SeenAsync(office, people, minimum, isAnonymous, other, ++number));
            },
            iter: 20,
            threads: 1);
    }

    /// <summary>Everything that comes of a survey, in lines without their order, since that is by chance.</summary>
    private static async Task<string> SeenAsync(TestOffice office, List<FakePerson> people, int minimum, bool isAnonymous, List<int?[]> said, int number)
    {
        var id = (await SurveySamples.OpenAsync(office, people, string.Create(CultureInfo.InvariantCulture, $"hidden {number}"), SurveySamples.Terms(People, isAnonymous, minimum))).Id;
        foreach (var (answers, person) in said.Zip(people))
        {
            var data = new JsonObject { ["id"] = id };
            foreach (var (answer, question) in answers.Select((answer, question) => (answer, question)).Where(given => given.answer is not null))
            {
                data[$"q{question + 1}"] = question == 1 ? $"word{answer} word{answer}s" : $"{answer + 1}";
            }
            Assert.Contains("Your answer is in", (await office.InvokesAsync(person.Key, "survey.answer", data)).Words);
        }
        await office.InvokesAsync("ann", "survey.close", new JsonObject { ["id"] = id });
        await office.UntilAsync(() => office.SurveyAsync(id).GetAwaiter().GetResult().Survey.Phase == SurveyPhase.Closed ? "closed" : null, () => "the close", "ann");
        var seen = new StringBuilder()
            .AppendLine((await office.InvokesAsync("ann", "survey.results", new JsonObject { ["id"] = id })).Words)
            .AppendLine((await office.InvokesAsync("ann", "survey.texts", new JsonObject { ["id"] = id, ["question"] = "1" })).Words)
            .AppendLine((await office.InvokesAsync("ann", "survey.export", new JsonObject { ["id"] = id })).Sentence);
        if (await office.Services.GetRequiredService<SurveyFile>().OpenAsync(new FileRequest(TestOffice.Tenant, office.Party("ann").ObjectId, SurveyFile.Kind, id), office.Clock.GetUtcNow(), CancellationToken.None) is { } file)
        {
            await foreach (var part in file.Parts)
            {
                seen.AppendLine(Encoding.UTF8.GetString(part.Span));
            }
        }
        var (survey, tally) = await office.SurveyAsync(id);
        await foreach (var comment in office.Services.GetRequiredService<SurveyComments>().OfAsync(survey, tally!, CancellationToken.None))
        {
            seen.AppendLine(comment);
        }
        return string.Join('\n', seen.ToString().Replace(id, "V-", StringComparison.Ordinal).Split('\n', '\r').Order(StringComparer.Ordinal));
    }
}

using CoordinationBot.People;
using CsCheck;

namespace CoordinationBot.Tests.People;

public class NameMatchTests
{
    private static readonly Candidate[] Office =
    [
        new("1", "Alex Weber", "alex.weber@contoso.com"),
        new("2", "Alexandra Wong", "alexandra@contoso.com"),
        new("3", "Ann Müller", "ann@contoso.com"),
        new("4", "Anna Mueller", "anna@contoso.com"),
        new("5", "王小明", "wang@contoso.com"),
        new("6", "Ann", "ann2@contoso.com"),
        new("7", "Seán O'Brien-Łukasz", "sean@contoso.com"),
        new("8", "Jo Lee", "jo1@contoso.com"),
        new("9", "Jo Lee", "jo2@contoso.com"),
        new("10", "Nguyễn Văn An", "an@contoso.com"),
        new("11", "김철수", "kim@contoso.com"),
    ];

    [Theory]
    [InlineData("Müller", "muller mueller")]
    [InlineData("Mu\u0308ller", "muller mueller")]
    [InlineData("ÅSE Bjørn", "ase bjorn aase bjoern")]
    [InlineData("Straße", "strasse")]
    [InlineData("Jean-Luc  O’Brien (HR)", "jean luc obrien hr")]
    [InlineData("王小明", "王小明 小明")]
    [InlineData("王 小明", "王 小明 王小明")]
    [InlineData("王小明Alex", "王小明 alex 小明")]
    [InlineData("𠮷野家", "𠮷野家")]
    [InlineData("Ωνάσης", "ωνάσης")]
    [InlineData("a b c d e f g h i j", "a b c d e f g h")]
    [InlineData("🎉 \ud83d", "")]
    [InlineData("", "")]
    public void Names_are_cut_into_folded_tokens(string name, string tokens) =>
        Assert.Equal(tokens.Split(' ', StringSplitOptions.RemoveEmptyEntries), NameMatch.Tokens(name));

    [Theory]
    [InlineData("alex weber", "1")]
    [InlineData("Alex", "1")]
    [InlineData("weber alex", "1")]
    [InlineData("@Alex Weber", "1")]
    [InlineData("alexa", "2")]
    [InlineData("ann", "6")]
    [InlineData("ann mueller", "3")]
    [InlineData("Anna Müller", "4")]
    [InlineData("ANN@contoso.com", "3")]
    [InlineData("ann@contoso", null)]
    [InlineData("mueller", "3 4")]
    [InlineData("müller", "3 4")]
    [InlineData("mull", "3")]
    [InlineData("al we", "1")]
    [InlineData("小明", "5")]
    [InlineData("王 小明", "5")]
    [InlineData("철수", "11")]
    [InlineData("sean obrien", "7")]
    [InlineData("lukasz", "7")]
    [InlineData("nguyen an", "10")]
    [InlineData("jo lee", "8 9")]
    [InlineData("jo", "8 9")]
    [InlineData("weber wong", null)]
    [InlineData("Alex Weber Senior", null)]
    [InlineData("🎉", null)]
    [InlineData("", null)]
    [InlineData("@", null)]
    [InlineData("zoe", null)]
    public void The_best_kind_of_match_decides(string typed, string? expected) =>
        Assert.Equal(expected, Ids(NameMatch.Match(typed, Office)));

    [Fact]
    public void The_same_person_twice_is_one_person() =>
        Assert.Equal("1", Ids(NameMatch.Match("alex", [Office[0], Office[0] with { Name = "Alex W." }])));

    [Fact]
    public void Several_are_sorted_by_name()
    {
        Candidate[] people = [new("1", "Ünal Ann", "c"), new("2", "Zoe Ann", "b"), new("3", "Élise Ann", "d"), new("4", "Élise Ann", "a")];
        Assert.Equal("4 3 1 2", Ids(NameMatch.Match("ann", people)));
    }

    private static readonly Gen<string> Name = Gen.OneOf(
        Gen.Int[0, 9].Select(index => "Ann;Anna;Müller;Mueller;Muller;王;小明;王小明;Alex;Al".Split(';')[index]).Array[0, 3].Select(words => string.Join(' ', words)),
        Gen.String);

    private static readonly Gen<Candidate[]> People = Gen.Select(Name, Gen.Char['a', 'd']).Array[0, 6]
        .Select(rows => rows.Select((row, index) => new Candidate($"{index}", row.Item1, $"{row.Item2}@x")).ToArray());

    [Fact]
    public void Nobody_is_chosen_between_two_that_are_equally_good() =>
        Gen.Select(Name, People).Sample((typed, people) =>
        {
            if (NameMatch.Match(typed, people) is not NameMatchResult.One(var chosen)) return;
            // A second person of the chosen one's name and address is as good as the chosen one.
            var twins = people.Append(chosen with { ObjectId = "twin" }).ToArray();
            var several = Assert.IsType<NameMatchResult.Several>(NameMatch.Match(typed, twins));
            Assert.Equal(2, several.Candidates.Count);
        });

    [Fact]
    public void The_order_of_candidates_does_not_matter() =>
        Gen.Select(Name, People).Sample((typed, people) =>
            Assert.Equal(Ids(NameMatch.Match(typed, people)), Ids(NameMatch.Match(typed, [.. people.Reverse()]))));

    [Fact]
    public void Whoever_is_typed_in_full_is_found() =>
        Gen.Select(Name, People).Sample((name, people) =>
        {
            if (NameMatch.Tokens(name).Count == 0 || name.Contains('@', StringComparison.Ordinal)) return;
            var found = NameMatch.Match(name, [.. people, new("me", name, "")]);
            Assert.Contains("me", Ids(found)!.Split(' '));
        });

    [Fact]
    public void A_common_token_leads_to_every_whole_word_match() =>
        Gen.Select(Name, Name).Sample((typed, name) =>
        {
            if (NameWord.Of(typed).Count > 4 || NameWord.Of(name).Count > 4) return;
            var words = NameWord.Of(typed);
            if (words.Count == 0 || !words.All(word => NameWord.Of(name).Any(word.Is))) return;
            Assert.NotEmpty(NameMatch.Tokens(typed).Intersect(NameMatch.Tokens(name)));
        });

    private static string? Ids(NameMatchResult result) => result switch
    {
        NameMatchResult.One(var candidate) => candidate.ObjectId,
        NameMatchResult.Several(var candidates) => string.Join(' ', candidates.Select(candidate => candidate.ObjectId)),
        _ => null,
    };

    [Theory]
    [InlineData("漢")]
    [InlineData("x")]
    [InlineData("𠮷")]
    public void A_word_without_end_still_fits_a_key(string letter)
    {
        var tokens = NameMatch.Tokens(string.Concat(Enumerable.Repeat(letter, 100)));
        Assert.NotEmpty(tokens);
        Assert.All(tokens, token => Assert.InRange(Uri.EscapeDataString(token).Length, 1, 400));
    }
}

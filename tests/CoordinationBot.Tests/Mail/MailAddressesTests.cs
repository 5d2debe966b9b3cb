using CoordinationBot.Mail;
using CoordinationBot.Storage;
using CsCheck;

namespace CoordinationBot.Tests.Mail;

public sealed class MailAddressesTests
{
    [Theory]
    [InlineData("kim@contoso.example", "kim@contoso.example", null)]
    [InlineData("  Kim.Lee@Contoso.Example\n", "kim.lee@contoso.example", null)]
    [InlineData("o'neil+office@mail.contoso.example", "o'neil+office@mail.contoso.example", null)]
    [InlineData("r&d@contoso.example", "r&d@contoso.example", null)]
    [InlineData("mailto:kim@contoso.example", "kim@contoso.example", null)]
    [InlineData("Kim Lee <kim@contoso.example>", "kim@contoso.example", "Kim Lee")]
    [InlineData("\"Lee, Kim\" <kim@contoso.example>", "kim@contoso.example", "Lee, Kim")]
    [InlineData("<kim@contoso.example>", "kim@contoso.example", null)]
    [InlineData("kim@bücher.example", "kim@xn--bcher-kva.example", null)]
    [InlineData("kim@例え.example", "kim@xn--r8jz45g.example", null)]
    public void What_people_type_is_one_address(string typed, string address, string? name) =>
        Assert.Equal(new TypedAddress(address, name, null), MailAddresses.Parse(typed));

    [Theory]
    [InlineData("", "This is no mail address. It needs a name, an @ and a domain, like kim@contoso.example.")]
    [InlineData("kim", "kim is no mail address. It needs a name, an @ and a domain, like kim@contoso.example.")]
    [InlineData("@contoso.example", "@contoso.example is no mail address. It needs a name, an @ and a domain, like kim@contoso.example.")]
    [InlineData("kim@", "kim@ is no mail address. It needs a name, an @ and a domain, like kim@contoso.example.")]
    [InlineData("kim@contoso.example\r\nBcc: eve@evil.example", "A mail address stands on one line. Please type it again, like kim@contoso.example.")]
    [InlineData("kim\0@contoso.example", "A mail address stands on one line. Please type it again, like kim@contoso.example.")]
    [InlineData("kim\u2028@contoso.example", "A mail address stands on one line. Please type it again, like kim@contoso.example.")]
    [InlineData("\"kim lee\"@contoso.example", "I cannot write to \"kim lee\"@contoso.example: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.")]
    [InlineData("kim@eve@contoso.example", "I cannot write to kim@eve@contoso.example: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.")]
    [InlineData("kim, lee@contoso.example", "I cannot write to kim, lee@contoso.example: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.")]
    [InlineData("kim..lee@contoso.example", "I cannot write to kim..lee@contoso.example: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.")]
    [InlineData("kim|lee@contoso.example", "I cannot write to kim|lee@contoso.example: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.")]
    [InlineData("kim/lee@contoso.example", "I cannot write to kim/lee@contoso.example: before the @ I know letters from a to z, digits, and the signs . _ - + ' & = ! ~ between them.")]
    [InlineData("kim@localhost", "kim@localhost has no domain that mail can go to. Please check what stands after the @, like contoso.example.")]
    [InlineData("kim@127.0.0.1", "kim@127.0.0.1 has no domain that mail can go to. Please check what stands after the @, like contoso.example.")]
    [InlineData("kim@[127.0.0.1]", "kim@[127.0.0.1] has no domain that mail can go to. Please check what stands after the @, like contoso.example.")]
    [InlineData("kim@contoso..example", "kim@contoso..example has no domain that mail can go to. Please check what stands after the @, like contoso.example.")]
    [InlineData("kim@-contoso.example", "kim@-contoso.example has no domain that mail can go to. Please check what stands after the @, like contoso.example.")]
    [InlineData("kim@contoso.example.", "kim@contoso.example. has no domain that mail can go to. Please check what stands after the @, like contoso.example.")]
    public void What_is_none_is_said_in_a_sentence(string typed, string sentence) =>
        Assert.Equal(new TypedAddress(null, null, sentence), MailAddresses.Parse(typed));

    [Theory]
    [InlineData(64, 1, true)]
    [InlineData(65, 1, false)]
    [InlineData(64, 3, true)]
    [InlineData(64, 4, false)]
    public void The_lengths_are_those_of_the_wire(int local, int labels, bool isAddress)
    {
        var typed = $"{new string('x', local)}@{string.Concat(Enumerable.Repeat($"{new string('y', 57)}.", labels))}example";
        Assert.Equal(isAddress, MailAddresses.Parse(typed).Address is not null);
    }

    [Theory]
    [InlineData("Kim@Contoso.example", "kim@contoso.example", true)]
    [InlineData("kim@contoso.example", "lee@contoso.example", false)]
    [InlineData("nothing", "nothing", false)]
    public void Spellings_of_one_mailbox_are_the_same(string one, string other, bool areSame) => Assert.Equal(areSame, MailAddresses.AreSame(one, other));

    [Fact]
    public void What_passes_can_stand_in_a_header_an_invitation_and_a_key() =>
        Gen.OneOf(
            Gen.String[Gen.OneOf(Gen.Char[' ', '\u007E'], Gen.Char), 0, 12].Select(text => $"{text}@contoso.example"),
            Gen.String[Gen.OneOf(Gen.Char[' ', '\u007E'], Gen.Char), 0, 12].Select(text => $"kim@{text}.example"),
            Gen.String[Gen.OneOf(Gen.Char[' ', '\u007E'], Gen.Char), 0, 30]).Sample(
            typed =>
            {
                var read = MailAddresses.Parse(typed);
                Assert.NotEqual(read.Address is null, read.Problem is null);
                if (read.Address is not { } address)
                {
                    return;
                }
                Assert.All(address, character => Assert.True(char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || "@._-+'&=!~".Contains(character, StringComparison.Ordinal)));
                Assert.Equal(1, address.Count(character => character == '@'));
                Assert.Equal(address, MailAddresses.Parse(address).Address);
                Assert.True(Uri.TryCreate($"mailto:{address}", UriKind.Absolute, out _));
                TableLimits.CheckKey(MailOutbox.Post(address, 1).Key, "key");
            },
            iter: 20_000);
}

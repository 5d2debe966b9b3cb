using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace CoordinationBot.Protocol.Activities;

/// <summary>
/// Escapes what JSON requires and nothing else. The framework's most relaxed encoder still writes an emoji as twelve characters, and a card
/// may hold about 48,000. For application/json alone, never for HTML.
/// </summary>
internal sealed unsafe class WireEncoder : JavaScriptEncoder
{
    private const string Required = "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\"\\";

    private static readonly SearchValues<byte> RequiredBytes = SearchValues.Create(Encoding.ASCII.GetBytes(Required));

    // Surrogates too: one without its other half cannot be written.
    private static readonly SearchValues<char> Suspects = SearchValues.Create(Required + new string([.. Enumerable.Range('\uD800', 0x800).Select(code => (char)code)]));

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < ' ' or '"' or '\\';

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var characters = new ReadOnlySpan<char>(text, textLength);
        for (var index = 0; index < characters.Length; index += 2)
        {
            var suspect = characters[index..].IndexOfAny(Suspects);
            if (suspect < 0)
            {
                return -1;
            }
            index += suspect;
            if (index + 1 == characters.Length || !char.IsSurrogatePair(characters[index], characters[index + 1]))
            {
                return index;
            }
        }
        return -1;
    }

    /// <inheritdoc/>
    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) =>
        Utf8.IsValid(utf8Text) ? utf8Text.IndexOfAny(RequiredBytes) : base.FindFirstCharacterToEncodeUtf8(utf8Text);

    /// <inheritdoc/>
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var room = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
        {
            return new Rune(unicodeScalar).TryEncodeToUtf16(room, out numberOfCharactersWritten);
        }
        var escaped = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => $"\\u{unicodeScalar:X4}",
        };
        numberOfCharactersWritten = escaped.TryCopyTo(room) ? escaped.Length : 0;
        return numberOfCharactersWritten > 0;
    }
}

using System.Collections.Frozen;

namespace CoordinationBot.Dialogs;

/// <summary>Where the reader is in what was typed.</summary>
internal sealed class TypedDateCursor(IReadOnlyList<TypedDateToken> tokens)
{
    public int At { get; set; }

    public TypedDateToken? Peek() => At < tokens.Count ? tokens[At] : null;

    public TypedDateToken? PeekSecond() => At + 1 < tokens.Count ? tokens[At + 1] : null;

    public bool Take(string word)
    {
        if (Peek()?.IsWord(word) != true) return false;
        At++;
        return true;
    }

    public bool TakeAny(FrozenSet<string> words)
    {
        if (Peek() is not { Kind: TypedDateTokenKind.Word } token || !words.Contains(token.Text)) return false;
        At++;
        return true;
    }

    public T? TakeFrom<T>(FrozenDictionary<string, T> words)
        where T : struct
    {
        if (Peek() is not { Kind: TypedDateTokenKind.Word } token || !words.TryGetValue(token.Text, out var value)) return null;
        At++;
        return value;
    }
}

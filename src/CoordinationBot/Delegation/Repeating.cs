using CoordinationBot.Authority;
using CoordinationBot.Dialogs;
using CoordinationBot.Notices;
using CoordinationBot.Protocol.Turns;

namespace CoordinationBot.Delegations;

/// <summary>What comes of a draft that is to come again and again. A later feature knows how.</summary>
/// <param name="NotesAsync">When it will come, before it is sent.</param>
/// <param name="SendAsync">Begins it and offers the first one; doing it twice with one draft does it once.</param>
/// <param name="FindSentAsync">The first one of what a draft has begun, or null.</param>
internal sealed record Repeating(
    Func<Turn, Draft, DialogContext, CancellationToken, ValueTask<ReviewNotes>> NotesAsync,
    Func<Turn, RepeatedDraft, CancellationToken, ValueTask<RepeatedOffer>> SendAsync,
    Func<string, string, CancellationToken, ValueTask<Delegation?>> FindSentAsync);

/// <param name="Origin">The draft.</param>
/// <param name="Repetition">How often.</param>
/// <param name="Leader">Who gives it.</param>
/// <param name="Assignee">To whom.</param>
/// <param name="Terms">Of each one; due is the first, or the day from which on it is looked for.</param>
/// <param name="LeadersCard">The card that becomes the leader's living card of the first one.</param>
internal sealed record RepeatedDraft(string Origin, Repetition Repetition, Party Leader, Party Assignee, Terms Terms, CardPlace? LeadersCard);

/// <param name="First">What was offered.</param>
/// <param name="Refusal">Why nothing was.</param>
internal readonly record struct RepeatedOffer(Delegation? First, string? Refusal);

namespace CoordinationBot.People;

/// <summary>What a notice is about, as people can turn it down.</summary>
internal enum NoticeKind
{
    /// <summary>Work that they are asked to take on.</summary>
    Offer,

    /// <summary>Something that needs their approval.</summary>
    Approval,

    /// <summary>Somebody asks them something.</summary>
    Question,

    /// <summary>What became of something they offered or asked.</summary>
    Answer,

    /// <summary>How something goes on.</summary>
    Progress,

    /// <summary>A result that was handed in, returned or accepted.</summary>
    Result,

    /// <summary>What they had may no longer be done.</summary>
    Revocation,

    /// <summary>Something they owe.</summary>
    Reminder,

    /// <summary>A meeting: that they are invited, and what becomes of it.</summary>
    Meeting,

    /// <summary>How something went for them, asked once it is over.</summary>
    CheckIn,
}

/// <summary>How somebody wants to be told of a kind.</summary>
internal enum Telling
{
    /// <summary>At the next moment that suits.</summary>
    AtOnce,

    /// <summary>Once a day, with everything else that waits.</summary>
    Digest,

    /// <summary>Not at all: the card shows it to whoever looks.</summary>
    Off,
}

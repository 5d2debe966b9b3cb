namespace CoordinationBot.Doctor;

internal enum Verdict
{
    Ok,

    /// <summary>Nothing to look at with these settings, and nothing wrong with that.</summary>
    NotSetUp,

    Wrong,
}

/// <summary>What a check found.</summary>
/// <param name="Verdict">Whether it is as it should be.</param>
/// <param name="What">What was found, in a sentence.</param>
/// <param name="ToDo">What to do about it, in a sentence.</param>
internal sealed record Finding(Verdict Verdict, string What, string? ToDo = null)
{
    public static Finding Ok(string what) => new(Verdict.Ok, what);

    public static Finding NotSetUp(string what, string? toDo = null) => new(Verdict.NotSetUp, what, toDo);

    public static Finding Wrong(string what, string toDo) => new(Verdict.Wrong, what, toDo);
}

/// <summary>Looks at one thing. A failure it does not know is told as it comes.</summary>
internal delegate Task<Finding> Check(IServiceProvider services, CancellationToken cancel);

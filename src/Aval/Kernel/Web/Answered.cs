namespace Aval.Kernel.Web;

/// <summary>A value or a refusal: what reading a body gives, and what an address answers.</summary>
public readonly record struct Answered<T>(T? Value, Problem? Problem)
{
    public static implicit operator Answered<T>(T value) => new(value, null);
    public static implicit operator Answered<T>(Problem problem) => new(default, problem);
}

/// <summary>What a request asks the Desk to do, or why it cannot be asked.</summary>
public readonly record struct Asked(Command? Command, Problem? Problem)
{
    public static implicit operator Asked(Command command) => new(command, null);
    public static implicit operator Asked(Problem problem) => new(null, problem);
}

/// <summary>The body of an act that needs no words: <c>{}</c>, or none at all.</summary>
public sealed record Nothing;

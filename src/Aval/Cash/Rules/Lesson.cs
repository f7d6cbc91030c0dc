namespace Aval.Cash.Rules;

/// <summary>What a payer is known by.</summary>
public enum LessonKind
{
    /// <summary>A bank account from which it has paid.</summary>
    Account,
    /// <summary>A name under which it pays that is not the customer's.</summary>
    Name,
    /// <summary>A word that it writes: its number for us, or a number of its own.</summary>
    Word,
    /// <summary>How such words look: <c>BST-####</c>. It tells who may have paid, never who has.</summary>
    Style,
    /// <summary>How it writes our invoices' numbers: <c>4500###### = INV-######</c>.</summary>
    NumberForm,
}

/// <summary>Something that a match, or a person, has taught about a payer. A correction takes it back, and a person may.</summary>
/// <param name="Key">What was learned, and of whom.</param>
/// <param name="Text">Of accounts and names letters and digits, in capitals.</param>
/// <param name="Since">The business date on which it was learned.</param>
/// <param name="TaughtBy">The receipt that it was learned from; null where that was not kept.</param>
/// <param name="Said">True where a person has said whose the money was; false where only a match of its invoices did, so that undoing it takes the lesson back.</param>
/// <param name="ForgottenOn">The business date on which it was taken back; null while it holds.</param>
public sealed record Lesson(string Key, string Text, string Payer, DateOnly Since, LessonKind Kind, string? TaughtBy, bool Said, DateOnly? ForgottenOn = null)
{
    public bool Holds => ForgottenOn is null;

    public static string KeyOf(LessonKind kind, string text, string payer) => kind == LessonKind.Account ? $"{text} {payer}" : $"{kind}:{text} {payer}";

    public static Lesson Of(Taught taught, string payer, DateOnly since, string taughtBy, bool said) =>
        new(KeyOf(taught.Kind, taught.Text, payer), taught.Text, payer, since, taught.Kind, taughtBy, said);
}

/// <summary>What can be learned of whoever has paid.</summary>
public readonly record struct Taught(LessonKind Kind, string Text);

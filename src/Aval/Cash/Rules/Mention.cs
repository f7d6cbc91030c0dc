namespace Aval.Cash.Rules;

/// <summary>How much of a document's number somebody wrote.</summary>
public enum Spelling : byte
{
    /// <summary>All letters and digits of it, in any case, with any separators, with or without zeros in front.</summary>
    Number,
    /// <summary>All digits of it, without its letters.</summary>
    Digits,
    /// <summary>The last run of its digits.</summary>
    Tail,
    /// <summary>The end of it, after another number that begins alike: the 12 of <c>4711/12</c>.</summary>
    Shortened,
    /// <summary>The number of the order that it bills.</summary>
    Order,
}

/// <summary>A place in a text where a document's number may stand.</summary>
/// <param name="Document">Which of the index's documents.</param>
/// <param name="Place">Counts the places of the text from 0: mentions of one place are alternatives.</param>
/// <param name="Start">Where in the text.</param>
/// <param name="Signs">Letters and digits compared, zeros in front left out.</param>
/// <param name="Announced">A word for invoice, order or reference stands just before it.</param>
/// <param name="Foreign">It is another number's, or a date: other letters stand before its digits (the WLA of <c>WLA-4711</c>), or a word that says so (a telephone, a
/// customer).</param>
/// <param name="EndsRange">A sign or word for "up to" parts it from the place before.</param>
public readonly record struct Mention(int Document, Spelling Spelling, int Place, int Start, int Length, int Signs, bool Announced, bool Foreign, bool EndsRange)
{
    /// <summary>From so many signs on, nobody writes a number by accident that is one of ours.</summary>
    const int Distinctive = 6;

    /// <summary>Whether it is long enough to be no accident, whatever is said before it.</summary>
    public bool IsDistinct => Signs >= Distinctive && Spelling is (Spelling.Number or Spelling.Digits or Spelling.Order);

    /// <summary>Whether it stands for the document by itself; else an amount must agree before it counts.</summary>
    public bool IsCertain => !Foreign && Spelling switch
    {
        Spelling.Number or Spelling.Order => Announced || Signs >= Distinctive,
        Spelling.Digits => Signs >= Distinctive,
        Spelling.Tail or Spelling.Shortened => false,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Whether it speaks of a document that may be settled: the end of a number alone does where the amount is that document's; an order may be another's.</summary>
    public bool NamesSettled(bool amountAgrees) => amountAgrees ? Spelling != Spelling.Order : IsCertain && Spelling is (Spelling.Number or Spelling.Digits);
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Aval.Cash.Rules;
using Aval.Parties.Rules;

namespace Aval.Tests.Cash;

/// <summary>What a payer had in mind, beside what the bank's line says of it.</summary>
/// <param name="Meant">The documents it pays; what it pays of them is not said where it is less than all.</param>
public sealed record NoisyPayment(string Kind, Remittance Remittance, ImmutableArray<OpenDocument> Meant);

/// <summary>Payers as clerks know them: they abbreviate, mistype, combine, deduct, name the wrong invoice, or say nothing at all.</summary>
public sealed class NoisyRemittances(int seed)
{
    public static readonly DateOnly Today = new(2026, 6, 30);

    static readonly string[] Greetings = ["", "thank you", "payment", "Zahlung", "virement", "your invoices", "according to our call 12.06.", "ref our account 884213"];
    static readonly string[] Announcements = ["invoice ", "inv ", "Rechnung ", "RG-Nr. ", "facture n° ", "fact. ", "", "our payment of "];
    static readonly string[] Joints = [", ", " + ", " and ", "; ", " ", "/"];

    readonly Random random = new(seed);
    int count;

    /// <summary>The open documents of one payer: numbered as one seller numbers, credit notes among them.</summary>
    public OpenDocuments Documents(int howMany)
    {
        var style = random.Next(4);
        return OpenDocuments.Of(Enumerable.Range(0, howMany).Select(_ =>
        {
            count += 1 + random.Next(7);
            var date = Today.AddDays(-random.Next(90));
            var amount = random.Next(10) == 0 ? 100L * random.Next(50, 2000) : random.NextInt64(2_000, 2_000_000);
            if (random.Next(12) == 0) amount = -amount / 10;
            return new OpenDocument(Number(style, count), "C1", date, date.AddDays(30), amount, Order: $"SO-{count + 70000}");
        }));
    }

    public NoisyPayment Payment(OpenDocuments documents) => random.Next(100) switch
    {
        < 25 => Named("one invoice, named", documents, 1, Said),
        < 40 => Named("several invoices, named", documents, random.Next(2, 6), Said),
        < 47 => Named("mistyped", documents, 1, Mistyped),
        < 52 => Named("by order", documents, 1, document => "order " + document.Order),
        < 60 => Structured(documents),
        < 70 => Silent("one invoice, nothing said", documents, Some(documents, 1)),
        < 76 => Silent("two invoices, nothing said", documents, Some(documents, 2)),
        < 82 => Silent("all that is open", documents, documents.All),
        < 88 => Silent("up to a day", documents, UpTo(documents, Today.AddDays(-random.Next(10, 80)))),
        < 97 => Part("partial", documents, Said),
        < 98 => Part("deduction without a name", documents, _ => ""),
        _ => WrongNumber(documents),
    };

    static string Number(int style, int number) => style switch
    {
        0 => $"INV-2026-{number:00000}",
        1 => $"{number + 4_000_000}",
        2 => $"RE{number:000000}",
        _ => $"2026/{number:0000}",
    };

    NoisyPayment Named(string kind, OpenDocuments documents, int howMany, Func<OpenDocument, string> say)
    {
        var meant = Some(documents, howMany);
        return new NoisyPayment(kind, Of(Sum(meant), Text(meant, say)), meant);
    }

    NoisyPayment Structured(OpenDocuments documents)
    {
        var meant = Some(documents, 1);
        return new NoisyPayment("creditor reference", Of(Sum(meant), "") with { StructuredReferences = [CreditorReference.Create(meant[0].Number)] }, meant);
    }

    static NoisyPayment Silent(string kind, OpenDocuments documents, ImmutableArray<OpenDocument> meant) =>
        Sum(meant) > 0 ? new NoisyPayment(kind, Of(Sum(meant), "payment"), meant) : new NoisyPayment(kind, Of(Sum(documents.All.RemoveAll(document => document.IsCreditNote)), ""),
            documents.All.RemoveAll(document => document.IsCreditNote));

    NoisyPayment Part(string kind, OpenDocuments documents, Func<OpenDocument, string> say)
    {
        var meant = Some(documents, 1);
        return new NoisyPayment(kind, Of(Math.Max(1, meant[0].Open * random.Next(30, 97) / 100), Text(meant, say)), meant);
    }

    /// <summary>The payer copied another number, and the amount tells of it.</summary>
    NoisyPayment WrongNumber(OpenDocuments documents)
    {
        var both = Some(documents, 2);
        return new NoisyPayment("wrong number", Of(both[0].Open, Text([both[1]], Said)), [both[0]]);
    }

    ImmutableArray<OpenDocument> Some(OpenDocuments documents, int howMany)
    {
        var invoices = documents.All.Where(document => !document.IsCreditNote).ToArray();
        random.Shuffle(invoices);
        return [.. invoices.Take(howMany)];
    }

    static ImmutableArray<OpenDocument> UpTo(OpenDocuments documents, DateOnly day) => documents.All.RemoveAll(document => document.Date > day);

    string Text(ImmutableArray<OpenDocument> meant, Func<OpenDocument, string> say)
    {
        var announcement = Pick(Announcements);
        var joint = Pick(Joints);
        return new StringBuilder().Append(Pick(Greetings)).Append(' ').Append(announcement).AppendJoin(joint, meant.Select(say)).Append(' ').Append(Pick(Greetings)).ToString();
    }

    /// <summary>The number with its separators, zeros or letters changed as people change them.</summary>
    string Said(OpenDocument document) => random.Next(6) switch
    {
        0 => document.Number.ToLowerInvariant(),
        1 => document.Number.Replace("-", " ", StringComparison.Ordinal).Replace("/", "-", StringComparison.Ordinal),
        2 => document.Number.Replace("-0", "-", StringComparison.Ordinal),
        3 => document.Number.Replace("-", "", StringComparison.Ordinal),
        _ => document.Number,
    };

    string Mistyped(OpenDocument document)
    {
        var signs = document.Number.ToCharArray();
        var at = signs.Length - 1 - random.Next(Math.Min(4, signs.Length - 1));
        switch (random.Next(3))
        {
            case 0:
                signs[at] = (char)('0' + random.Next(10));
                break;
            case 1:
                (signs[at], signs[at - 1]) = (signs[at - 1], signs[at]);
                break;
            default:
                return document.Number.Remove(at, 1);
        }

        return new string(signs);
    }

    static Remittance Of(long amount, string text) => new(amount, Today, [], text.Trim());

    static long Sum(ImmutableArray<OpenDocument> documents) => documents.Sum(document => document.Open);

    string Pick(string[] from) => from[random.Next(from.Length)];

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"seed {seed}");
}

using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Aval.Cash.Rules;
using Aval.Parties.Rules;

namespace Aval.Tests.Cash;

/// <summary>What a payer had in mind, beside what the bank's line says of it.</summary>
/// <param name="Meant">The documents it pays, none where it is for something else; what it pays of them is not said where it is less than all.</param>
/// <param name="Knowable">False where the line does not say enough for anybody to know.</param>
public sealed record NoisyPayment(string Kind, Remittance Remittance, ImmutableArray<OpenDocument> Meant, bool Knowable = true);

/// <summary>Payers as clerks know them: they abbreviate, mistype, combine, deduct, name the wrong invoice, or say nothing at all.</summary>
public sealed class NoisyRemittances(int seed)
{
    public static readonly DateOnly Today = new(2026, 6, 30);

    static readonly string[] Greetings = ["", "thank you", "payment", "Zahlung", "virement", "your invoices", "according to our call 12.06.", "ref our account 884213"];
    static readonly string[] Announcements = ["invoice ", "inv ", "Rechnung ", "RG-Nr. ", "facture n° ", "fact. ", "", "our payment of "];
    static readonly string[] Joints = [", ", " + ", " and ", "; ", " ", "/"];

    readonly Random random = new(seed);
    int count;
    int style;

    /// <summary>The open documents of one payer: numbered as one seller numbers, credit notes among them.</summary>
    public OpenDocuments Documents(int howMany)
    {
        style = random.Next(4);
        var documents = OpenDocuments.Of(Enumerable.Range(0, howMany).Select(_ =>
        {
            var amount = random.Next(10) == 0 ? 100L * random.Next(50, 2000) : random.NextInt64(2_000, 2_000_000);
            if (random.Next(12) == 0) amount = -amount / 10;
            return Document(amount);
        }));
        return documents.All.Count(document => !document.IsCreditNote) < 2 ? Documents(howMany) : documents;
    }

    /// <summary>Of a payer whose invoices are in whole hundreds, but for an odd one.</summary>
    public OpenDocuments RoundDocuments(int howMany)
    {
        style = random.Next(4);
        return OpenDocuments.Of(Enumerable.Range(0, howMany).Select(at => Document(at == 0 ? random.NextInt64(2_000, 2_000_000) : 10_000L * random.Next(1, 60))));
    }

    /// <summary>Of a payer of rents and subscriptions: one amount, number after number.</summary>
    public OpenDocuments RentDocuments(int howMany)
    {
        style = random.Next(4);
        var rent = random.NextInt64(20_000, 200_000);
        return OpenDocuments.Of(Enumerable.Range(0, howMany).Select(_ => Document(rent, next: 1)));
    }

    OpenDocument Document(long amount, int next = 0)
    {
        count += next > 0 ? next : 1 + random.Next(7);
        var date = Today.AddDays(-1 - random.Next(90));
        return new OpenDocument(Number(style, count), "C1", date, date.AddDays(30), amount, Order: $"SO-{count + 70000}");
    }

    /// <summary>Payments that look like others: paid twice, a little too much, in round parts, with a stranger's digits, one of several of the same amount.</summary>
    public (OpenDocuments Documents, NoisyPayment Payment) Deceptive()
    {
        var round = RoundDocuments(random.Next(4, 12));
        var rents = RentDocuments(random.Next(2, 8));
        return random.Next(6) switch
        {
            0 => (rents, PaidTwice(rents)),
            1 => Over(Documents(random.Next(3, 40))),
            2 => (round, RoundPart(round)),
            3 => Stranger(Documents(random.Next(3, 40))),
            4 => (rents, Named("one of one amount, named", rents, 1, Said)),
            _ => (rents, OfOneAmount(rents)),
        };
    }

    /// <summary>The number just before the open ones, whose invoice is settled, is paid once more, written in any way.</summary>
    NoisyPayment PaidTwice(OpenDocuments rents)
    {
        var settled = rents.All.MinBy(document => document.Number, StringComparer.Ordinal)! with { Number = Number(style, count + 1) };
        var text = Text([settled], Said);
        var index = ReferenceIndex.Of([new Referable(settled.Number, null)]);
        var mentions = new Mention[8];
        var names = mentions.Take(index.Find(text, mentions)).Any(mention => mention.NamesSettled(amountAgrees: true));
        return new NoisyPayment("paid twice", Of(settled.Open, text) with { NamesSettled = names }, [], Knowable: false);
    }

    /// <summary>A cent or a coin too much, and another invoice that has just that amount.</summary>
    (OpenDocuments, NoisyPayment) Over(OpenDocuments documents)
    {
        var meant = Some(documents, 1);
        var amount = meant[0].Open + random.Next(1, 500);
        var other = random.Next(2) == 0;
        return (
            other ? OpenDocuments.Of([.. documents.All, Document(amount)]) : documents,
            new NoisyPayment(other ? "too much, and another has the amount" : "a little too much", Of(amount, Text(meant, Said)), meant, Knowable: !other));
    }

    /// <summary>A part that is not by chance just what one invoice is, or all up to a day are: nobody could tell that it was not meant.</summary>
    NoisyPayment RoundPart(OpenDocuments documents)
    {
        var meant = Some(documents, 1);
        var part = 10_000L * random.Next(1, (int)Math.Max(2, meant[0].Open / 10_000));
        if (documents.All.Any(document => document.Open == part || Sum(UpTo(documents, document.Date)) == part
            || Sum(documents.All.RemoveAll(other => other.DueDate >= Today)) == part)) return RoundPart(documents);
        return new NoisyPayment("round part, nothing said", Of(part, "payment"), meant, Knowable: false);
    }

    /// <summary>The number of something else that ends as one of ours.</summary>
    (OpenDocuments, NoisyPayment) Stranger(OpenDocuments documents)
    {
        var digits = string.Concat(Some(documents, 1)[0].Number.Where(char.IsAsciiDigit));
        var text = Pick(["Mandat ", "customer no. ", "WLA-", "KD-", "PX", "Vertrag "]) + digits;
        return (documents, new NoisyPayment("a stranger's digits", Of(random.NextInt64(100, 2_000_000), text), [], Knowable: false));
    }

    /// <summary>Of several invoices of one amount one is paid: without a number, with an unknown one, or with a slip of the hand.</summary>
    NoisyPayment OfOneAmount(OpenDocuments rents)
    {
        var meant = Some(rents, 1);
        var text = random.Next(3) switch { 0 => "rent", 1 => "Rechnung 99887766", _ => Mistyped(meant[0]) };
        if (rents.All.Any(document => document != meant[0] && document.Number == text)) return OfOneAmount(rents);
        return new NoisyPayment("one of one amount, not named", Of(meant[0].Open, text), meant, Knowable: false);
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

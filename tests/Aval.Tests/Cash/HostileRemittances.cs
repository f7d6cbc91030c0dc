using System.Collections.Immutable;
using System.Globalization;
using Aval.Cash.Rules;

namespace Aval.Tests.Cash;

/// <summary>A payment as scanners, banks and hurried clerks leave it.</summary>
/// <param name="Known">Whether what is told suffices to know what was meant; else nothing may be posted but that.</param>
public sealed record HostilePayment(string Kind, Remittance Remittance, ImmutableArray<OpenDocument> Meant, bool Known);

/// <summary>Texts that are read by machines that mistake signs, that hold numbers of other things, and amounts that fit more than one explanation.</summary>
public sealed class HostileRemittances(int seed)
{
    static readonly string[] Phones =
    [
        "Tel. +49 40 {0}", "Tel {0}", "phone: {0}", "Fax 0{0}", "Kd-Nr. {0}", "customer no. {0}", "our account {0}",
        "VAT {0}", "USt-ID DE {0}", "IBAN {0}",
    ];

    readonly Random random = new(seed);

    public HostilePayment Payment(OpenDocuments documents) => random.Next(12) switch
    {
        0 or 1 => Full("scanned", documents, Scanned),
        2 => Full("first digits missing", documents, document => document.Number[Math.Min(2, document.Number.Length - 4)..]),
        3 => Full("digits alone", documents, document => string.Concat(document.Number.Where(char.IsAsciiDigit))),
        4 => Elsewhere(documents),
        5 => InIban(documents),
        6 => Dated(documents),
        7 => Twins(documents),
        8 => Netted(documents),
        9 => Fees(documents),
        10 => PartOfSeveral(documents),
        _ => Twice(documents),
    };

    HostilePayment Full(string kind, OpenDocuments documents, Func<OpenDocument, string> say)
    {
        var meant = Some(documents, 1);
        return new(kind, Paid(meant[0].Open, "inv " + say(meant[0]) + " thanks"), meant, IsAlone(documents, meant[0].Open));
    }

    /// <summary>Another number of ours stands where that of a telephone, a customer or an account stands; the amount is nobody's.</summary>
    HostilePayment Elsewhere(OpenDocuments documents)
    {
        var other = Some(documents, 1)[0];
        var digits = string.Concat(other.Number.Where(char.IsAsciiDigit));
        var text = string.Format(CultureInfo.InvariantCulture, Phones[random.Next(Phones.Length)], digits);
        return new("number of something else", Paid(other.Open * 2 / 3, "payment on account, " + text), [], Known: false);
    }

    HostilePayment InIban(OpenDocuments documents)
    {
        var other = Some(documents, 1)[0];
        var digits = string.Concat(other.Number.Where(char.IsAsciiDigit)).PadLeft(18, '0');
        var groups = string.Join(' ', Enumerable.Range(0, 4).Select(at => digits.Substring(2 + (at * 4), 4)));
        return new("inside an account's number", Paid((other.Open / 3) + 1, $"from DE02 {groups} 51 bank transfer"), [], Known: false);
    }

    /// <summary>A date that reads like the number of an invoice.</summary>
    HostilePayment Dated(OpenDocuments documents)
    {
        var with = documents.All.Add(new OpenDocument("2026/0102", "C1", NoisyRemittances.Today, NoisyRemittances.Today, 777_701))
            .Add(new OpenDocument("12062026", "C1", NoisyRemittances.Today, NoisyRemittances.Today, 888_803));
        Documents = OpenDocuments.Of(with);
        var text = random.Next(3) switch { 0 => "payment of 2026-01-02", 1 => "Zahlung vom 12.06.2026", _ => "your letter 12/06/2026" };
        return new("a date", Paid(random.Next(100, 5000) * 7L, text), [], Known: false);
    }

    /// <summary>Two invoices of one amount: the later one is never meant before the earlier.</summary>
    HostilePayment Twins(OpenDocuments documents)
    {
        var one = Some(documents, 1)[0];
        Documents = OpenDocuments.Of(documents.All.Add(one with { Number = "T-" + one.Number, DueDate = one.DueDate.AddDays(1), Date = one.Date.AddDays(1) }));
        return new("two of one amount", Paid(one.Open, "payment"), [one], Known: false);
    }

    /// <summary>A credit note taken off without a word.</summary>
    HostilePayment Netted(OpenDocuments documents)
    {
        var invoice = Some(documents, 1)[0];
        var note = new OpenDocument("CN-88231", "C1", invoice.Date, invoice.Date, -(invoice.Open / 7) - 1);
        Documents = OpenDocuments.Of(documents.All.RemoveAll(document => document.Open == note.Open).Add(note));
        var paid = invoice.Open + note.Open;
        return new("a credit note taken off", Paid(paid, "invoice " + invoice.Number), [invoice, note], IsAlone(documents, paid));
    }

    HostilePayment Fees(OpenDocuments documents)
    {
        var meant = Some(documents, 1);
        var paid = meant[0].Open - random.Next(500, 2500);
        if (paid <= 0) return Full("digits alone", documents, document => document.Number);
        var lacks = meant[0].Open - paid;
        Documents = OpenDocuments.Of(documents.All.RemoveAll(document => document.Open == -lacks));
        return new("fees of banks", Paid(paid, "INVOICE " + meant[0].Number), meant, IsAlone(documents, paid));
    }

    HostilePayment PartOfSeveral(OpenDocuments documents)
    {
        var meant = Some(documents, 3);
        return new("a part of several", Paid(meant.Sum(document => document.Open) * 5 / 9, string.Join(", ", meant.Select(document => document.Number))), [], Known: false);
    }

    /// <summary>The invoice has been paid already.</summary>
    HostilePayment Twice(OpenDocuments documents)
    {
        var paid = Some(documents, 1)[0];
        Documents = OpenDocuments.Of(documents.All.Remove(paid));
        return new("paid a second time", Paid(paid.Open, "invoice " + paid.Number) with { NamesSettled = true }, [], Known: false);
    }

    /// <summary>What is open when the payment comes, where it differs from what the payer was made of.</summary>
    public OpenDocuments? Documents { get; set; }

    string Scanned(OpenDocument document) => string.Concat(document.Number.Select(sign => random.Next(2) == 0 ? sign : sign switch
    {
        '0' => 'O', '1' => 'I', '5' => 'S', '8' => 'B', 'I' => '1', var other => other,
    }));

    static bool IsAlone(OpenDocuments documents, long amount) => documents.All.Count(document => document.Open == amount) <= 1;

    ImmutableArray<OpenDocument> Some(OpenDocuments documents, int howMany)
    {
        var invoices = documents.All.Where(document => !document.IsCreditNote).ToArray();
        random.Shuffle(invoices);
        return [.. invoices.Take(howMany)];
    }

    static Remittance Paid(long amount, string text) => new(amount, NoisyRemittances.Today, [], text);
}

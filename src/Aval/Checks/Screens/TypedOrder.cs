using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
using Aval.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Checks;

/// <summary>An order as it stands on the form.</summary>
/// <param name="Fields">What was typed, by field.</param>
/// <param name="Pasted">Of what was pasted, the lines that could not be taken over.</param>
public sealed record TypedOrder(IReadOnlyDictionary<string, string> Fields, IReadOnlyList<TypedLine> Lines, string Pasted, IReadOnlyList<RefusedLine> Refused)
{
    public string this[string field] => Fields.GetValueOrDefault(field, "");

    public TypedOrder With(string field, string value) => this with { Fields = new Dictionary<string, string>(Fields, StringComparer.Ordinal) { [field] = value } };

    /// <summary>The form as it was sent: what was pasted has become lines, as far as it could be read.</summary>
    public static TypedOrder Of(IFormCollection form)
    {
        var fields = form.Where(field => field.Key is not ("token" or "pasted") && !Columns.Contains(field.Key))
            .ToDictionary(field => field.Key, field => field.Value.ToString().Trim(), StringComparer.Ordinal);
        string At(string column, int line) => form[column] is var values && line < values.Count ? values[line]?.Trim() ?? "" : "";
        var typed = Enumerable.Range(0, form["item"].Count)
            .Select(line => new TypedLine(
                At("item", line), At("quantity", line), At("price", line), At("tax", line), At("description", line), At("discount", line), At("approval", line)))
            .Where(line => !line.IsBlank).ToList();
        var (lines, refused) = PastedLines.Read(form["pasted"].ToString());
        return new TypedOrder(fields, [.. typed.Concat(lines).Take(PastedLines.Most)], string.Join('\n', refused.Select(line => line.Text)), refused);
    }

    /// <summary>All that cannot be read of it, each with its field; what is only missing still is left out.</summary>
    public IReadOnlyList<Problem> Slips() =>
    [
        .. Fields.Where(field => Texts.Fault(field.Value) is not null).Select(field => KernelProblems.Invalid(field.Key, Texts.Fault(field.Value)!)),
        .. Days.Where(field => this[field].Length > 0 && Entered.Day(this[field]) is null).Select(SentForm.NoDay),
        .. this["currency"].Length == 0 || Currency.TryOf(this["currency"], out _) ? Array.Empty<Problem>()
            : [KernelProblems.Invalid("currency", "must be an ISO 4217 code such as EUR")],
        .. Lines.SelectMany((line, at) => line.Slips().Select(slip => KernelProblems.Invalid($"lines[{at}].{slip.Field}", slip.Must))),
    ];

    /// <summary>What the API would be sent; a value that is missing or cannot be read names its field.</summary>
    public Answered<OrderBody> Read()
    {
        if (Slips() is [var slip, ..]) return slip;
        foreach (var needed in new[] { "number", "currency", "orderDate" })
            if (this[needed].Length == 0) return SentForm.Empty(needed);
        if (Lines.Count == 0) return KernelProblems.FieldInvalid.With("An order needs one line at least, with item, quantity and price.", "lines");
        if (Lines.Index().FirstOrDefault(line => line.Item.Missing is not null) is (var at, { Missing: { } missing })) return SentForm.Empty($"lines[{at}].{missing}");
        return new OrderBody(
            this["number"], this["customer"], Currency.Of(this["currency"]), Entered.Day(this["orderDate"])!.Value, [.. Lines.Select((line, at) => line.Body(at + 1))],
            Entered.Day(this["shipDate"]), Text("billTo"), null, Text("paymentTerms")?.ToUpperInvariant(),
            Text("purchaseOrder"), Text("buyerReference"), null, Text("vatId"), Text("registrationId"), Text("costCentre"), Text("portalReference"), ShipTo(),
            this["completeDelivery"].Length > 0 ? true : null);
    }

    /// <summary>The same order with what was typed in its place; what was left empty stays as it was.</summary>
    public Answered<OrderBody> Reread(OrderBody body)
    {
        if (Slips() is [var slip, ..]) return slip;
        return body with
        {
            ShipDate = Entered.Day(this["shipDate"]), BillTo = Text("billTo"), PaymentTerms = Text("paymentTerms")?.ToUpperInvariant(), PurchaseOrder = Text("purchaseOrder"),
            BuyerReference = Text("buyerReference"), VatId = Text("vatId"), RegistrationId = Text("registrationId"), CostCentre = Text("costCentre"),
            PortalReference = Text("portalReference"), ShipTo = ShipTo(),
        };
    }

    static readonly string[] Days = ["orderDate", "shipDate"];

    static readonly string[] Places = ["shipLine1", "shipCity", "shipPostalCode", "shipCountry"];

    static readonly string[] Columns = ["item", "quantity", "price", "tax", "description", "discount", "approval"];

    string? Text(string field) => this[field] is { Length: > 0 } text ? text : null;

    PostalAddress? ShipTo() =>
        Places.Any(field => this[field].Length > 0)
            ? new PostalAddress(Text("shipLine1"), Text("shipCity"), Text("shipPostalCode"), Text("shipCountry")?.ToUpperInvariant())
            : null;
}

using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties.Rules;
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

    /// <summary>What the API would be sent; a value that cannot be read names its field.</summary>
    public Answered<OrderBody> Read()
    {
        foreach (var (field, text) in Fields.Concat(Lines.SelectMany(TextsOf)))
            if (Texts.Fault(text) is { } fault) return KernelProblems.Invalid(field, fault);
        if (this["number"].Length == 0) return KernelProblems.Invalid("number", "must not be empty");
        if (!Currency.TryOf(this["currency"], out var currency)) return KernelProblems.Invalid("currency", "must be an ISO 4217 code such as EUR");
        if (DayOf(this["orderDate"]) is not { } ordered) return KernelProblems.Invalid("orderDate", "must be a day");
        if (this["shipDate"].Length > 0 && DayOf(this["shipDate"]) is null) return KernelProblems.Invalid("shipDate", "must be a day");
        var lines = new List<OrderLineBody>();
        foreach (var (at, typed) in Lines.Index())
        {
            var line = LineOf(typed, at);
            if (line.Problem is { } wrong) return wrong;
            lines.Add(line.Value!);
        }

        return new OrderBody(
            this["number"], this["customer"], currency, ordered, lines, DayOf(this["shipDate"]), Text("billTo"), null, Text("paymentTerms")?.ToUpperInvariant(),
            Text("purchaseOrder"), Text("buyerReference"), null, Text("vatId"), Text("registrationId"), Text("costCentre"), Text("portalReference"), ShipTo(),
            this["completeDelivery"].Length > 0 ? true : null);
    }

    /// <summary>The same order with what was typed in its place; what was left empty stays as it was.</summary>
    public Answered<OrderBody> Reread(OrderBody body)
    {
        foreach (var (field, text) in Fields)
            if (Texts.Fault(text) is { } fault) return KernelProblems.Invalid(field, fault);
        if (this["shipDate"].Length > 0 && DayOf(this["shipDate"]) is null) return KernelProblems.Invalid("shipDate", "must be a day");
        return body with
        {
            ShipDate = DayOf(this["shipDate"]), BillTo = Text("billTo"), PaymentTerms = Text("paymentTerms")?.ToUpperInvariant(), PurchaseOrder = Text("purchaseOrder"),
            BuyerReference = Text("buyerReference"), VatId = Text("vatId"), RegistrationId = Text("registrationId"), CostCentre = Text("costCentre"),
            PortalReference = Text("portalReference"), ShipTo = ShipTo(),
        };
    }

    static readonly string[] Places = ["shipLine1", "shipCity", "shipPostalCode", "shipCountry"];

    static readonly string[] Columns = ["item", "quantity", "price", "tax", "description", "discount", "approval"];

    static IEnumerable<KeyValuePair<string, string>> TextsOf(TypedLine line, int at) =>
        new[] { line.Item, line.Description, line.Approval }.Select(text => KeyValuePair.Create($"lines[{at}]", text));

    static Answered<OrderLineBody> LineOf(TypedLine typed, int at)
    {
        Problem Wrong(string field, Wording must) => KernelProblems.Invalid($"lines[{at}].{field}", must);
        if (NumberOf(typed.Quantity) is not { } amount || !Quantity.TryOf(amount, out var quantity)) return Wrong("quantity", "must be a number with at most five decimals");
        if (NumberOf(typed.Price) is not { } major || !UnitPrice.TryOf(major, out var price)) return Wrong("unitPrice", "must be a number with at most five decimals");
        if ((typed.Tax.Length > 0 ? NumberOf(typed.Tax) : 0) is not { } tax) return Wrong("taxRate", "must be a number");
        if ((typed.Discount.Length > 0 ? NumberOf(typed.Discount) : 0) is not { } discount) return Wrong("discountPercent", "must be a number");
        string? Said(string text) => text.Length > 0 ? text : null;
        return new OrderLineBody(at + 1, typed.Item, quantity, price, tax, Said(typed.Description), discount, Said(typed.Approval));
    }

    string? Text(string field) => this[field] is { Length: > 0 } text ? text : null;

    PostalAddress? ShipTo() =>
        Places.Any(field => this[field].Length > 0)
            ? new PostalAddress(Text("shipLine1"), Text("shipCity"), Text("shipPostalCode"), Text("shipCountry")?.ToUpperInvariant())
            : null;

    static decimal? NumberOf(string text) =>
        PastedLines.NumberOf(text) is { } number ? decimal.Parse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture) : null;

    static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Journal;
using Aval.Orders.Rules;

namespace Aval.Orders;

/// <summary>An order's lines and its claim as table and journal keep them: without what says nothing. Most of a line does, and each order is written twice.</summary>
/// <remarks>Rows of before have all fields; both are read alike.</remarks>
static class StoredOrder
{
    [ThreadStatic] static ArrayBufferWriter<byte>? buffer;
    [ThreadStatic] static Utf8JsonWriter? writer;

    static readonly JsonEncodedText Line = JsonEncodedText.Encode("line");
    static readonly JsonEncodedText Item = JsonEncodedText.Encode("item");
    static readonly JsonEncodedText Ordered = JsonEncodedText.Encode("quantity");
    static readonly JsonEncodedText Price = JsonEncodedText.Encode("unitPrice");
    static readonly JsonEncodedText TaxRate = JsonEncodedText.Encode("taxRate");

    public static string Written(IReadOnlyList<OrderLine> lines)
    {
        var json = Begin();
        json.WriteStartArray();
        foreach (var line in lines) Write(json, line);
        json.WriteEndArray();
        return End(json);
    }

    public static string Written(Authorization claim)
    {
        var json = Begin();
        json.WriteStartObject();
        json.WriteString("number", claim.Number);
        json.WriteNumber("amount", claim.Amount);
        json.WriteString("currency", claim.Currency.Code);
        json.WriteString("granted", RowFormat.Iso(claim.Granted));
        // The one field without a default: it is read only where it stands.
        if (claim.Expires is { } expires) json.WriteString("expires", RowFormat.Iso(expires));
        else json.WriteNull("expires");
        if (claim.PickReleased) json.WriteBoolean("pickReleased", true);
        if (claim.BeyondHorizon) json.WriteBoolean("beyondHorizon", true);
        if (claim.Withheld != 0) json.WriteNumber("withheld", claim.Withheld);
        json.WriteEndObject();
        return End(json);
    }

    static void Write(Utf8JsonWriter json, OrderLine line)
    {
        json.WriteStartObject();
        json.WriteNumber(Line, line.Line);
        json.WriteString(Item, line.Item);
        json.WriteNumber(Ordered, line.Quantity.Value);
        json.WriteNumber(Price, line.UnitPrice.Value);
        json.WriteNumber(TaxRate, line.TaxRate);
        if (line.Description is not null) json.WriteString("description", line.Description);
        // The version before orders by what lines are worth and asks each for these two: nodes of both stand side by side while one is replaced by the other.
        json.WriteNumber("discountPercent", line.DiscountPercent);
        if (line.DiscountApproval is not null) json.WriteString("discountApproval", line.DiscountApproval);
        if (line.ListPrice is { } list) json.WriteNumber("listPrice", list.Value);
        if (line.UnitCost is { } cost) json.WriteNumber("unitCost", cost.Value);
        Write(json, "delivered", line.Delivered);
        Write(json, "invoiced", line.Invoiced);
        json.WriteNumber("cancelled", line.Cancelled.Value);
        if (line.Billed != 0) json.WriteNumber("billed", line.Billed);
        if (line.MinimumLot is { } lot) json.WriteNumber("minimumLot", lot.Value);
        if (line.Urgent) json.WriteBoolean("urgent", true);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, string name, Quantity quantity)
    {
        if (quantity.Scaled != 0) json.WriteNumber(name, quantity.Value);
    }

    static Utf8JsonWriter Begin()
    {
        buffer ??= new ArrayBufferWriter<byte>(1024);
        buffer.ResetWrittenCount();
        writer ??= new Utf8JsonWriter(buffer, EntryFormat.Writing);
        writer.Reset(buffer);
        return writer;
    }

    static string End(Utf8JsonWriter json)
    {
        json.Flush();
        return Encoding.UTF8.GetString(buffer!.WrittenSpan);
    }
}

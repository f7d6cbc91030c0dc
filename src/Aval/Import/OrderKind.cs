using System.Security.Cryptography;
using Aval.Checks;
using Aval.Kernel;
using Aval.Kernel.Web;
using Aval.Orders.Rules;
using Aval.Parties.Rules;

namespace Aval.Import;

/// <summary>An order without its lines.</summary>
public sealed record OrderRow(
    string Number, string Customer, Currency Currency, DateOnly OrderDate, DateOnly? ShipDate = null, string? BillTo = null, string? EnteredBy = null,
    string? PaymentTerms = null, string? PurchaseOrder = null, string? BuyerReference = null, OrderContext? Context = null, string? VatId = null,
    string? RegistrationId = null, string? CostCentre = null, string? PortalReference = null, PostalAddress? ShipTo = null, bool? CompleteDelivery = null)
{
    public OrderBody With(IReadOnlyList<OrderLineBody> lines) => new(
        Number, Customer, Currency, OrderDate, lines, ShipDate, BillTo, EnteredBy, PaymentTerms, PurchaseOrder, BuyerReference, Context, VatId,
        RegistrationId, CostCentre, PortalReference, ShipTo, CompleteDelivery);
}

/// <summary>Orders: their lines stand in a file of their own, or each row is an order's line and repeats the order.</summary>
sealed class OrderKind() : Kind("orders")
{
    internal override KindFile Open(CsvFile file, CsvFile? lines, bool dated, Action<Refusal> refused) =>
        lines is null ? Flat(file, dated, refused) : Apart(file, lines, dated, refused);

    Opened Flat(CsvFile file, bool dated, Action<Refusal> refused)
    {
        var columns = file.Columns.Select((name, place) => (name, place)).ToLookup(column => ColumnsReader<OrderLineBody>.Takes(column.name));
        var head = Understood(file, Header.Of<OrderRow>(columns[false]), refused);
        var line = Understood(file, Header.Of<OrderLineBody>(columns[true]), refused);
        var number = Header.Find(file, "number", refused);
        var day = dated ? Header.Find(file, Day!, refused) : -1;
        var sound = head is not null && line is not null && number >= 0 && (!dated || day >= 0);
        return new Opened(this, file, RowIndex.Of(file, sound ? day : -1, sound ? [number] : [], sound ? refused : _ => { }), sound, head, file, null, line);
    }

    Opened Apart(CsvFile file, CsvFile lines, bool dated, Action<Refusal> refused)
    {
        var head = Understood(file, Header.Plain<OrderRow>(file.Columns), refused);
        var order = Header.Find(lines, "order", refused);
        var line = Understood(lines, Header.Of<OrderLineBody>(lines.Columns.Select((name, place) => (name, place)).Where(column => column.place != order)), refused);
        var number = Header.Find(file, "number", refused);
        var day = dated ? Header.Find(file, Day!, refused) : -1;
        var sound = head is not null && line is not null && number >= 0 && order >= 0 && (!dated || day >= 0);
        var index = RowIndex.Of(file, sound ? day : -1, sound ? [number] : [], sound ? refused : _ => { });
        var linesIndex = RowIndex.Of(lines, -1, sound ? [order] : [], sound ? refused : _ => { });
        if (sound) RefuseStrangers(lines, linesIndex, index, order, refused);
        return new Opened(this, file, index, sound, head, lines, linesIndex, line);
    }

    static void RefuseStrangers(CsvFile lines, RowIndex linesIndex, RowIndex orders, int order, Action<Refusal> refused)
    {
        for (var group = 0; group < linesIndex.Count; group++)
        {
            var first = linesIndex[group][0];
            if (orders.Find(first.Key).Length > 0) continue;
            lines.ReadAt(first.Offset, first.Line);
            refused(new Refusal(lines.Place, ImportProblems.LineWithoutOrder.With($"order {lines.Record.Text(order)} is not in the orders file.", "order")));
        }
    }

    static RowReader<T>? Understood<T>(CsvFile file, Answered<RowReader<T>> read, Action<Refusal> refused)
    {
        if (read.Problem is { } problem) refused(new Refusal(new Place(file.Name, 1), problem));
        return read.Value;
    }

    sealed class Opened(
        Kind kind, CsvFile file, RowIndex index, bool sound, RowReader<OrderRow>? head, CsvFile lines, RowIndex? linesIndex, RowReader<OrderLineBody>? line)
        : KindFile(kind, file, index, sound)
    {
        public override int Rows => Index.Rows + (linesIndex?.Rows ?? 0);

        public override int Mended => File.Mended + (linesIndex is null ? 0 : lines.Mended);

        public override Item Read(int group)
        {
            var faults = new List<Refusal>();
            var orders = new List<OrderRow>();
            foreach (var at in Index[group])
            {
                File.ReadAt(at.Offset, at.Line);
                if (head!(File.Record) is { Problem: { } problem }) faults.Add(new Refusal(File.Place, problem));
                else orders.Add(head(File.Record).Value!);
            }

            var first = Index[group][0];
            var own = linesIndex is null ? Index[group] : linesIndex.Find(first.Key);
            var (places, bodies) = ReadLines(own, faults);
            var place = new Place(File.Name, first.Line);
            if (faults.Count == 0) RefuseDisagreement(orders, linesIndex is null, place, faults);
            var body = faults.Count == 0 ? orders[0].With(bodies) : null;
            return new Item(
                Kind, place, places, Index[group].Length + (linesIndex is null ? 0 : places.Count), body is null ? null : new EnterOrder(body), faults,
                body is null ? [] : [new Amount(body.Currency.Code, Total(body))]);
        }

        public override void Digest(int group, IncrementalHash digest)
        {
            base.Digest(group, digest);
            if (linesIndex is null) return;
            foreach (var row in linesIndex.Find(Index[group][0].Key)) Digest(lines, row, digest);
        }

        public override void Dispose()
        {
            base.Dispose();
            lines.Dispose();
        }

        (List<Place> Places, List<OrderLineBody> Bodies) ReadLines(ReadOnlySpan<RowAt> rows, List<Refusal> faults)
        {
            var (places, bodies) = (new List<Place>(rows.Length), new List<OrderLineBody>(rows.Length));
            foreach (var at in rows)
            {
                lines.ReadAt(at.Offset, at.Line);
                places.Add(lines.Place);
                var read = line!(lines.Record);
                if (read.Problem is { } problem) faults.Add(new Refusal(lines.Place, problem));
                else bodies.Add(read.Value!);
            }

            return (places, bodies);
        }

        static void RefuseDisagreement(List<OrderRow> orders, bool flat, Place place, List<Refusal> faults)
        {
            if (orders.Count == 1) return;
            if (!flat) faults.Add(new Refusal(place, ImportProblems.RowsDisagree.With($"Order {orders[0].Number} stands {orders.Count} times in the file.", "number")));
            else if (orders.Exists(other => other != orders[0]))
                faults.Add(new Refusal(place, ImportProblems.RowsDisagree.With($"The rows of order {orders[0].Number} differ in what they say of the order.", "number")));
        }

        /// <summary>Tax included; zero for an order whose lines are refused for what they hold.</summary>
        static decimal Total(OrderBody body)
        {
            if (OrderFields.Refuse(body) is not null) return 0;
            long total = 0;
            foreach (var line in body.Lines) total += OrderValue.LineValue(line.ToLine(null), line.Quantity, body.Currency);
            return new Money(total, body.Currency).Major;
        }
    }
}

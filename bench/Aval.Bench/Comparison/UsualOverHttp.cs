using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Aval.Bench.Comparison;

/// <summary>A small service that calls the usual way's function for each request: no key, no idempotency, no log.</summary>
static class UsualOverHttp
{
    public static async Task<WebApplication> StartAsync(string database)
    {
        var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxAutoPrepare = 10, AutoPrepareMinUsages = 2, NoResetOnClose = true }.ToString());
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.UseRouting();
        app.MapPost("/api/v1/orders", (RequestDelegate)(context => AnswerAsync(context, source)));
        app.Lifetime.ApplicationStopped.Register(source.Dispose);
        await app.StartAsync();
        return app;
    }

    static async Task AnswerAsync(HttpContext context, NpgsqlDataSource source)
    {
        var order = (await JsonSerializer.DeserializeAsync(context.Request.Body, UsualJson.Default.UsualOrder))!;
        await using var command = source.CreateCommand("SELECT usual_order($1, $2, $3)");
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long.Parse(order.Customer.AsSpan(1), CultureInfo.InvariantCulture) % UsualWay.Accounts) + 1 });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = long.Parse(order.Number.AsSpan(1), CultureInfo.InvariantCulture) });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = (long)order.Lines.Sum(line => line.Quantity * line.UnitPrice * (100 + line.TaxRate)) });
        var status = (string)(await command.ExecuteScalarAsync())!;
        var bytes = JsonSerializer.SerializeToUtf8Bytes(new UsualAnswer(order.Number, status), UsualJson.Default.UsualAnswer);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.BodyWriter.WriteAsync(bytes);
    }
}

sealed record UsualOrder(string Number, string Customer, IReadOnlyList<UsualLine> Lines);

sealed record UsualLine(decimal Quantity, decimal UnitPrice, decimal TaxRate);

sealed record UsualAnswer(string Order, string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(UsualOrder))]
[JsonSerializable(typeof(UsualAnswer))]
sealed partial class UsualJson : JsonSerializerContext;

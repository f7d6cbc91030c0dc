using Aval.Kernel;

namespace Aval.Simulation;

/// <summary>Something the simulated wholesaler sells; prices before tax, in euro.</summary>
readonly record struct CatalogueItem(string Number, string Description, decimal ListPrice, decimal UnitCost);

/// <summary>The simulated wholesaler's range: equipment and supplies for workshops, kitchens and buildings.</summary>
static class Catalogue
{
    public static readonly CatalogueItem[] Items =
    [
        new("A-1010", "Work bench, beech, 2 m", 389.00m, 251.00m),
        new("A-1025", "Tool trolley, 7 drawers", 459.50m, 288.00m),
        new("A-1040", "Shelving bay, galvanised", 142.90m, 86.40m),
        new("A-1055", "Storage bins, box of 24", 58.80m, 31.20m),
        new("A-1070", "Pallet truck, 2.5 t", 329.00m, 214.00m),
        new("B-2010", "Cordless drill, 18 V", 164.90m, 109.50m),
        new("B-2020", "Angle grinder, 125 mm", 89.95m, 57.30m),
        new("B-2035", "Socket set, 94 pieces", 74.50m, 41.90m),
        new("B-2050", "Cutting discs, pack of 50", 46.20m, 22.80m),
        new("B-2065", "Compressor, 50 l", 279.00m, 187.00m),
        new("C-3010", "Nitrile gloves, case of 1000", 68.40m, 43.10m),
        new("C-3020", "Safety shoes S3, pair", 61.90m, 35.20m),
        new("C-3030", "Helmets, box of 10", 94.00m, 52.60m),
        new("C-3045", "First-aid cabinet, filled", 118.75m, 70.00m),
        new("D-4010", "Gastronorm pans, set of 6", 132.00m, 81.70m),
        new("D-4020", "Stainless table, 1.4 m", 298.60m, 190.00m),
        new("D-4035", "Convection oven, 5 trays", 1890.00m, 1342.00m),
        new("D-4050", "Dish racks, pack of 8", 85.60m, 47.30m),
        new("E-5010", "LED panel 60 × 60, box of 4", 112.40m, 68.90m),
        new("E-5020", "Cable NYM 3 × 1.5, 100 m", 79.30m, 58.20m),
        new("E-5035", "Distribution board, 36 ways", 146.00m, 97.10m),
        new("E-5050", "Emergency lights, pack of 5", 188.50m, 119.00m),
        new("F-6010", "Floor cleaner, 10 l", 32.70m, 15.90m),
        new("F-6025", "Scrubber dryer, 43 cm", 2450.00m, 1735.00m),
        new("F-6040", "Paper towels, pallet", 412.00m, 318.00m),
        new("F-6055", "Waste bins 120 l, set of 4", 156.80m, 99.60m),
    ];

    /// <summary>A euro price in the price list of another currency; price lists are set once and do not follow the day's rate.</summary>
    public static decimal Priced(decimal euro, Currency currency) =>
        Math.Round(euro * (currency.Code switch { "USD" => 1.12m, "GBP" => 0.87m, _ => 1m }), 2, MidpointRounding.AwayFromZero);
}
